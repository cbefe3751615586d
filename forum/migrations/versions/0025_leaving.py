"""those who left: what is still to be done about them, and their names, which nobody takes for a year"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "freed_names",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_freed_names")),
    )
    op.create_index(op.f("ix_freed_names_at"), "freed_names", ["at"])
    op.create_table(
        "departures",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("takes", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_departures_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_departures")),
        sa.UniqueConstraint("key", name=op.f("uq_departures_key")),
    )


def downgrade():
    op.drop_table("departures")
    op.drop_table("freed_names")

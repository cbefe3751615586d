"""accounts that a moderator lets in, and bursts of registrations"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    # Not as a batch, which on SQLite would make the table anew: a column with a default is simply added.
    op.add_column("members", sa.Column("outside", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_members_created_at"), "members", ["created_at"])
    op.create_table(
        "admissions",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_admissions_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_admissions")),
    )
    op.create_index("ix_admissions_state", "admissions", ["state", "member_id"])
    op.create_index(op.f("ix_admissions_decided_at"), "admissions", ["decided_at"])
    op.create_table(
        "bursts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bursts")),
    )
    op.create_index(op.f("ix_bursts_until"), "bursts", ["until"])


def downgrade():
    op.drop_table("bursts")
    op.drop_table("admissions")
    op.drop_index(op.f("ix_members_created_at"), "members")
    op.execute("ALTER TABLE members DROP COLUMN outside")

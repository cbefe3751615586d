"""whom members have muted"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "mutes",
        sa.Column("muter_id", sa.Integer(), nullable=False),
        sa.Column("muted_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["muter_id"], ["members.id"], name=op.f("fk_mutes_muter_id_members"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["muted_id"], ["members.id"], name=op.f("fk_mutes_muted_id_members"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("muter_id", "muted_id", name=op.f("pk_mutes")),
    )
    op.create_index(op.f("ix_mutes_muted_id"), "mutes", ["muted_id"])


def downgrade():
    op.drop_table("mutes")

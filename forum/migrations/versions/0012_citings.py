"""which replies cite which"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "citings",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cited_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cited_id"], ["replies.id"], name=op.f("fk_citings_cited_id_replies")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_citings_reply_id_replies")),
        sa.PrimaryKeyConstraint("reply_id", "cited_id", name=op.f("pk_citings")),
    )
    op.create_index(op.f("ix_citings_cited_id"), "citings", ["cited_id"])


def downgrade():
    op.drop_table("citings")

"""who is mentioned in a text"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_mentions_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_mentions_reply_id_replies")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_mentions_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("reply_id", "member_id", name=op.f("uq_mentions_reply_id")),
        sa.UniqueConstraint("thread_id", "member_id", name=op.f("uq_mentions_thread_id")),
    )
    op.create_index(op.f("ix_mentions_member_id"), "mentions", ["member_id"])


def downgrade():
    op.drop_table("mentions")

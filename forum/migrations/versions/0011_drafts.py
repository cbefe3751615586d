"""Drafts, and how many each member has."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("draft_count", "draft_sequence")


def upgrade():
    # Not as a batch, which on SQLite would make the table anew: a column with a default is simply added.
    for name in COLUMNS:
        op.add_column("members", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_drafts_thread_id_threads")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_drafts_reply_id_replies")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_drafts_theme_id_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("member_id", "target", name=op.f("uq_drafts_member_id")),
    )
    op.create_index(op.f("ix_drafts_thread_id"), "drafts", ["thread_id"])
    op.create_index(op.f("ix_drafts_changed_at"), "drafts", ["changed_at"])


def downgrade():
    op.drop_table("drafts")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE members DROP COLUMN {name}")

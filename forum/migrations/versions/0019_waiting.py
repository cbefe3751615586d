"""replies of newcomers that wait for a moderator"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    # Not as a batch, which on SQLite would make the table anew: a column with a default is simply added.
    op.add_column("members", sa.Column("waiting_count", sa.Integer(), nullable=False, server_default="0"))
    texts = ("kind", "source", "html", "exact", "prefix", "suffix", "form_key", "key", "cause", "state", "reason")
    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_waiting_author_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_waiting_thread_id_threads")),
        sa.ForeignKeyConstraint(["answers_id"], ["replies.id"], name=op.f("fk_waiting_answers_id_replies")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_waiting_theme_id_themes")),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_waiting_passage_id_passages")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_waiting_reply_id_replies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("author_id", "key", name=op.f("uq_waiting_author_id")),
    )
    op.create_index("ix_waiting_state", "waiting", ["state", "id"])
    op.create_index(op.f("ix_waiting_thread_id"), "waiting", ["thread_id"])
    op.create_index(op.f("ix_waiting_decided_at"), "waiting", ["decided_at"])


def downgrade():
    op.drop_table("waiting")
    op.execute("ALTER TABLE members DROP COLUMN waiting_count")

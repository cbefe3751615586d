"""notices: what members are told of, what each one tells, and whom there is still to tell"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = ("notice_count", "notice_sequence")


def upgrade():
    for name in COLUMNS:
        op.add_column("members", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_ties_level", "ties", ["scope", "scope_id", "level", "member_id"])
    _notices()
    op.create_table(
        "tidings",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_tidings_notice_id_notices"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_tidings_reply_id_replies")),
        sa.PrimaryKeyConstraint("notice_id", "reply_id", name=op.f("pk_tidings")),
    )
    op.create_index(op.f("ix_tidings_reply_id"), "tidings", ["reply_id"])
    op.create_table(
        "tellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_tellings_thread_id_threads")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_tellings_reply_id_replies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )


def _notices():
    about = {"thread_id": "threads", "theme_id": "themes", "reply_id": "replies", "entry_id": "log_entries"}
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in about),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_notices_member_id_members"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_notices_{name}_{table}"))
            for name, table in about.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("member_id", "sequence", name=op.f("uq_notices_member_id")),
    )
    unread = sa.text("read_at IS NULL")
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["member_id", "subject"],
        unique=True,
        sqlite_where=unread,
        postgresql_where=unread,
    )
    op.create_index(op.f("ix_notices_thread_id"), "notices", ["thread_id"])
    op.create_index(op.f("ix_notices_at"), "notices", ["at"])


def downgrade():
    for table in ("tellings", "tidings", "notices"):
        op.drop_table(table)
    op.drop_index("ix_ties_level", table_name="ties")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE members DROP COLUMN {name}")

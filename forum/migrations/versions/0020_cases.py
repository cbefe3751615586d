"""cases: what was flagged, by whom, and what moderators say to each other about it"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _key(table, column, to, ondelete=None):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def upgrade():
    op.add_column("replies", sa.Column("flagged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        _key("cases", "reply_id", "replies"),
        _key("cases", "thread_id", "threads"),
        _key("cases", "member_id", "members", "CASCADE"),
        _key("cases", "author_id", "members", "SET NULL"),
        _key("cases", "claimed_by_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    open_ = sa.text("closed_at IS NULL")
    for column in ("reply_id", "thread_id", "member_id"):
        name = f"uq_cases_open_{column}"
        op.create_index(name, "cases", [column], unique=True, sqlite_where=open_, postgresql_where=open_)
    op.create_index("ix_cases_state", "cases", ["state", "id"])
    op.create_index("ix_cases_author_id", "cases", ["author_id", "id"])
    op.create_index(op.f("ix_cases_closed_at"), "cases", ["closed_at"])
    _flags()
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _key("case_notes", "case_id", "cases", "CASCADE"),
        _key("case_notes", "by_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index(op.f("ix_case_notes_case_id"), "case_notes", ["case_id"])


def _flags():
    texts = ("reason", "words", "line", "name", "email", "ground", "wording")
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("by_visitor", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _key("flags", "case_id", "cases", "CASCADE"),
        _key("flags", "member_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
        sa.UniqueConstraint("case_id", "member_id", name=op.f("uq_flags_case_id")),
        sa.UniqueConstraint("receipt", name=op.f("uq_flags_receipt")),
    )
    op.create_index("ix_flags_member_id", "flags", ["member_id", "id"])
    op.create_index(op.f("ix_flags_reason"), "flags", ["reason"])


def downgrade():
    for table in ("case_notes", "flags", "cases"):
        op.drop_table(table)
    op.execute("ALTER TABLE replies DROP COLUMN flagged")

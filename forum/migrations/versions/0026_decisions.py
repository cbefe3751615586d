"""decisions about cases, notes of moderators beside replies, and members who are paused or banned"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def _key(column, to, ondelete=None):
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_decisions_{column}_{to}"), ondelete=ondelete
    )


def upgrade():
    for name in ("paused_until", "banned_at"):
        op.add_column("members", sa.Column(name, sa.DateTime(), nullable=True))
    for name in ("note", "note_role"):
        op.add_column("replies", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule_key", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("facts", "note", "scope", "found")),
        sa.Column("until", sa.DateTime(), nullable=True),
        *(sa.Column(f"{name}_id", sa.Integer(), nullable=True) for name in ("by", "author", "reply", "thread", "member")),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_reason", sa.String(), nullable=False),
        sa.Column("undone_entry_id", sa.Integer(), nullable=True),
        _key("case_id", "cases", "CASCADE"),
        *(_key(f"{name}_id", "members", "SET NULL") for name in ("by", "author", "member", "undone_by")),
        _key("reply_id", "replies"),
        _key("thread_id", "threads"),
        *(_key(f"{name}_id", "log_entries") for name in ("entry", "undone_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    for name in ("case", "author", "reply", "thread"):
        op.create_index(f"ix_decisions_{name}_id", "decisions", [f"{name}_id", "id"])
    for name in ("kind", "member_id", "at", "entry_id", "undone_entry_id"):
        op.create_index(op.f(f"ix_decisions_{name}"), "decisions", [name])


def downgrade():
    op.drop_table("decisions")
    for table, names in {"replies": ("note", "note_role"), "members": ("paused_until", "banned_at")}.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")

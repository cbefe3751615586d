"""appeals against decisions"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def _key(column, to, ondelete=None):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_appeals_{column}_{to}"), ondelete=ondelete)


def upgrade():
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        _key("decision_id", "decisions", "CASCADE"),
        _key("flag_id", "flags", "CASCADE"),
        _key("by_id", "members", "SET NULL"),
        _key("decided_by_id", "members", "SET NULL"),
        _key("entry_id", "log_entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("flag_id", name=op.f("uq_appeals_flag_id")),
    )
    of_author = sa.text("flag_id IS NULL")
    op.create_index(
        "uq_appeals_of_author",
        "appeals",
        ["decision_id"],
        unique=True,
        sqlite_where=of_author,
        postgresql_where=of_author,
    )
    op.create_index("ix_appeals_outcome", "appeals", ["outcome", "id"])
    for name in ("decision_id", "by_id", "decided_at", "entry_id"):
        op.create_index(op.f(f"ix_appeals_{name}"), "appeals", [name])


def downgrade():
    op.drop_table("appeals")

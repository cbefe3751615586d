"""mends: what its author is asked to rework, and what they answer"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _key(column, to, ondelete):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_mends_{column}_{to}"), ondelete=ondelete)


def upgrade():
    op.add_column("replies", sa.Column("mended_at", sa.DateTime(), nullable=True))
    op.create_table(
        "mends",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("against_by_id", sa.Integer(), nullable=True),
        _key("case_id", "cases", "CASCADE"),
        _key("asked_by_id", "members", "SET NULL"),
        _key("against_by_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_mends")),
    )
    untold = sa.text("told_at IS NULL")
    op.create_index("ix_mends_untold", "mends", ["asked_at"], sqlite_where=untold, postgresql_where=untold)


def downgrade():
    op.drop_table("mends")
    op.execute("ALTER TABLE replies DROP COLUMN mended_at")

"""Where a thread was split from, and into which it was merged."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = ("split_from_id", "merged_into_id")


def upgrade():
    for name in COLUMNS:
        # In SQL: Alembic would copy the table on SQLite, and rows of other tables point at it.
        column = f"{name} INTEGER CONSTRAINT fk_threads_{name}_threads REFERENCES threads (id)"
        op.execute(f"ALTER TABLE threads ADD COLUMN {column}")
    op.create_index("ix_threads_merged_into_id", "threads", ["merged_into_id"])


def downgrade():
    op.drop_index("ix_threads_merged_into_id", "threads")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE threads DROP COLUMN {name}")

"""appeals are found by when they were made, to be counted by month"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(op.f("ix_appeals_at"), "appeals", ["at"])


def downgrade():
    op.drop_index(op.f("ix_appeals_at"), table_name="appeals")

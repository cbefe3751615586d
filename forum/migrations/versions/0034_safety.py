"""where to find help"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("site", sa.Column("safety", sa.Text(), nullable=False, server_default=""))


def downgrade():
    op.execute("ALTER TABLE site DROP COLUMN safety")

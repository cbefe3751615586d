"""what members follow and mute"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("ties", sa.Column("level", sa.String(), nullable=False, server_default=""))
    op.add_column("members", sa.Column("follows_own", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade():
    op.execute("ALTER TABLE members DROP COLUMN follows_own")
    op.execute("ALTER TABLE ties DROP COLUMN level")

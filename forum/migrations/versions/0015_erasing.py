"""withdrawn replies whose words wait to be erased"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    erasable = sa.text("state = 'withdrawn' AND source <> ''")
    op.create_index("ix_replies_erasable", "replies", ["state_at"], sqlite_where=erasable, postgresql_where=erasable)


def downgrade():
    op.drop_index("ix_replies_erasable", table_name="replies")

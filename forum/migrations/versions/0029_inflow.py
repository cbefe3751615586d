"""answers that wait for their day"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

DIFFERING = sa.text("kind = 'differing' AND answers_id IS NOT NULL")


def upgrade():
    op.add_column("waiting", sa.Column("release_at", sa.DateTime(), nullable=True))
    op.create_index(
        "ix_replies_differing", "replies", ["created_at"], sqlite_where=DIFFERING, postgresql_where=DIFFERING
    )


def downgrade():
    op.drop_index("ix_replies_differing", "replies")
    op.execute("ALTER TABLE waiting DROP COLUMN release_at")

"""what is arranged for a thread"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SWITCHES = ("members_only", "first_waits", "asking_only")
DATES = ("opens_at", "closes_at")


def upgrade():
    # Not as a batch, which on SQLite would make the table anew: a column with a default is simply added.
    for name in SWITCHES:
        op.add_column("threads", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("threads", sa.Column("slow_minutes", sa.Integer(), nullable=False, server_default="0"))
    for name in DATES:
        op.add_column("threads", sa.Column(name, sa.DateTime(), nullable=True))
    op.create_index("ix_replies_thread_id_author_id", "replies", ["thread_id", "author_id", "id"])


def downgrade():
    op.drop_index("ix_replies_thread_id_author_id", "replies")
    for name in (*SWITCHES, "slow_minutes", *DATES):
        op.execute(f"ALTER TABLE threads DROP COLUMN {name}")

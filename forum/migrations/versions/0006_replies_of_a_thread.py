"""replies of a thread, answers too, in order"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_replies_of_thread", "replies", ["thread_id", "id"])


def downgrade():
    op.drop_index("ix_replies_of_thread", table_name="replies")

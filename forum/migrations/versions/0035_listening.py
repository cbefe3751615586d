"""who is here, listening; and how many, in a word a week"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "listeners",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_listeners_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_listeners_thread_id_threads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "thread_id", name=op.f("pk_listeners")),
    )
    op.create_index("ix_listeners_thread_id_until", "listeners", ["thread_id", "until"])
    op.add_column("threads", sa.Column("listening", sa.String(), nullable=False, server_default=""))
    op.add_column("threads", sa.Column("listening_week", sa.Integer(), nullable=False, server_default="0"))


def downgrade():
    op.execute("ALTER TABLE threads DROP COLUMN listening_week")
    op.execute("ALTER TABLE threads DROP COLUMN listening")
    op.drop_table("listeners")

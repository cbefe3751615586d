"""earlier wordings of replies"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBERS = ("revision", "answered_revision")


def upgrade():
    op.create_table(
        "revisions",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hidden_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_revisions_reply_id_replies")),
        sa.PrimaryKeyConstraint("reply_id", "number", name=op.f("pk_revisions")),
    )
    for name in NUMBERS:
        op.add_column("replies", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("replies", sa.Column("edit_reason", sa.String(), nullable=False, server_default=""))


def downgrade():
    for name in (*NUMBERS, "edit_reason"):
        op.execute(f"ALTER TABLE replies DROP COLUMN {name}")
    op.drop_table("revisions")

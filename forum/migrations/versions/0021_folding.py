"""folding: what a withdrawn reply was before, so that a folded one comes back folded"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("replies", sa.Column("state_before", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE replies SET state_before = CASE state_reason WHEN '' THEN 'standing' ELSE 'hidden' END"
        " WHERE state = 'withdrawn'"
    )


def downgrade():
    op.execute("UPDATE replies SET state = 'standing', state_reason = '' WHERE state = 'folded'")
    op.execute("ALTER TABLE replies DROP COLUMN state_before")

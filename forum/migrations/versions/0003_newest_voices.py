"""The newest voice of each passage, for the margin."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEWEST = """
    UPDATE tallies SET newest_id = (
        SELECT max(r.id) FROM replies AS r
        WHERE r.thread_id = tallies.thread_id AND r.theme_id = tallies.theme_id
            AND coalesce(r.passage_id, 0) = tallies.passage_id AND r.root_id IS NULL AND r.state = 'standing'
    )
"""


def upgrade():
    with op.batch_alter_table("tallies") as table:
        table.add_column(sa.Column("newest_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_tallies_newest_id_replies"), "replies", ["newest_id"], ["id"])
    op.execute(NEWEST)


def downgrade():
    with op.batch_alter_table("tallies") as table:
        table.drop_constraint(op.f("fk_tallies_newest_id_replies"), type_="foreignkey")
        table.drop_column("newest_id")

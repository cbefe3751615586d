"""what was flagged and decided in each month that is over, in numbers"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MOMENTS = {"flags": "at", "mends": "answered_at"}


def upgrade():
    op.create_table(
        "monthly_sums",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "measure", name=op.f("pk_monthly_sums")),
    )
    for table, column in MOMENTS.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade():
    for table, column in MOMENTS.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    op.drop_table("monthly_sums")

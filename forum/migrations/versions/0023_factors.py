"""second factors: their sealed secrets, recovery codes, entrances half made, and when a password was given last"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _member(table):
    name = op.f(f"fk_{table}_member_id_members")
    return sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=name, ondelete="CASCADE")


def upgrade():
    op.add_column("members", sa.Column("has_factor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sessions", sa.Column("confirmed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "factors",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _member("factors"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        _member("recovery_codes"),
        sa.PrimaryKeyConstraint("member_id", "digest", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "entrances",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("remember", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        _member("entrances"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_entrances")),
    )
    op.create_index(op.f("ix_entrances_member_id"), "entrances", ["member_id"])
    op.create_index(op.f("ix_entrances_expires_at"), "entrances", ["expires_at"])


def downgrade():
    for table in ("entrances", "recovery_codes", "factors"):
        op.drop_table(table)
    op.execute("ALTER TABLE sessions DROP COLUMN confirmed_at")
    op.execute("ALTER TABLE members DROP COLUMN has_factor")

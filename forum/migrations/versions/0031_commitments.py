"""practices that can be switched off; commitments, sealed, and field notes"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "practices",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("essay_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", "essay_id", name=op.f("pk_practices")),
    )
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_commitments_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("member_id", "form_key", name=op.f("uq_commitments_member_id")),
    )
    due = sa.text("asked_at IS NULL AND ask_on IS NOT NULL")
    op.create_index("ix_commitments_due", "commitments", ["ask_on"], sqlite_where=due, postgresql_where=due)
    words = ("signature", "tried", "happened", "otherwise")
    op.create_table(
        "field_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("door", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["field_notes.id"], name=op.f("fk_field_notes_about_id_field_notes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_field_notes_author_id_members")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_field_notes_theme_id_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_notes")),
    )
    op.create_index("ix_field_notes_theme_id", "field_notes", ["theme_id", "id"])
    op.create_index("ix_field_notes_theme_id_draw", "field_notes", ["theme_id", "draw"])
    op.create_index("ix_field_notes_about_id", "field_notes", ["about_id", "id"])
    op.create_index("ix_field_notes_author_id", "field_notes", ["author_id", "id"])
    # In SQL, because Alembic would make the table anew for it on SQLite, and flags would go with the old one.
    key = "CONSTRAINT fk_cases_field_note_id_field_notes REFERENCES field_notes (id)"
    op.execute(f"ALTER TABLE cases ADD COLUMN field_note_id INTEGER {key}")
    still = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_cases_open_field_note_id", "cases", ["field_note_id"], unique=True, sqlite_where=still, postgresql_where=still
    )


def downgrade():
    op.drop_index("uq_cases_open_field_note_id", "cases")
    op.execute("ALTER TABLE cases DROP COLUMN field_note_id")
    op.drop_table("field_notes")
    op.drop_table("commitments")
    op.drop_table("practices")

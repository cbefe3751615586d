"""words that replies quote, and where replies stand along the essay"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOWHERE, PASSAGE = 10**12, 1_000_000  # as forum/threads/places.py had it


def upgrade():
    op.create_table(
        "anchors",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("essay_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essays.id"], name=op.f("fk_anchors_essay_id_essays")),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_anchors_passage_id_passages")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_anchors_reply_id_replies")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_anchors_thread_id_threads")),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_anchors")),
    )
    op.create_table(
        "placements",
        sa.Column("reply_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_placements_passage_id_passages")),
        sa.ForeignKeyConstraint(["reply_id"], ["anchors.reply_id"], name=op.f("fk_placements_reply_id_anchors")),
        sa.PrimaryKeyConstraint("reply_id", "edition", name=op.f("pk_placements")),
    )
    op.create_table(
        "seekings",
        sa.Column("thread_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_seekings_thread_id_threads")),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_seekings")),
    )
    # Not as a batch, which on SQLite would make the table anew: a column with a default is simply added.
    op.add_column("replies", sa.Column("place", sa.BigInteger(), nullable=False, server_default=str(NOWHERE)))
    _stand_along_the_essay()
    op.create_index(
        "ix_replies_thread_id_place",
        "replies",
        ["thread_id", "place", "id"],
        unique=False,
        sqlite_where=sa.text("root_id IS NULL"),
        postgresql_where=sa.text("root_id IS NULL"),
    )


def _stand_along_the_essay():
    rows = op.get_bind()
    current = "SELECT content FROM editions JOIN essays ON essays.id = essay_id AND edition_number = number"
    to_its_passage = sa.text("UPDATE replies SET place = :place WHERE passage_id = :id AND root_id IS NULL")
    for (content,) in rows.execute(sa.text(current)).all():
        passages = json.loads(content) if isinstance(content, str) else content
        for index, passage in enumerate(passages):
            rows.execute(to_its_passage, {"place": index * PASSAGE, "id": passage["id"]})


def downgrade():
    op.drop_index("ix_replies_thread_id_place", table_name="replies")
    op.execute("ALTER TABLE replies DROP COLUMN place")
    op.drop_table("seekings")
    op.drop_table("placements")
    op.drop_table("anchors")

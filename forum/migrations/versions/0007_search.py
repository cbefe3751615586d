"""what can be found, and an index of its words that follows it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SQLITE = (
    # Over words that are folded already, so that nothing is left to part but at spaces. Ranking is done outside.
    "CREATE VIRTUAL TABLE matching USING fts5(title, words, scopes, content='findables', content_rowid='id', "
    "tokenize='ascii', prefix='3', columnsize=0)",
    "CREATE TRIGGER matching_added AFTER INSERT ON findables BEGIN "
    "INSERT INTO matching(rowid, title, words, scopes) VALUES (new.id, new.title, new.words, new.scopes); END",
    "CREATE TRIGGER matching_removed AFTER DELETE ON findables BEGIN "
    "INSERT INTO matching(matching, rowid, title, words, scopes) "
    "VALUES ('delete', old.id, old.title, old.words, old.scopes); END",
    "CREATE TRIGGER matching_changed AFTER UPDATE ON findables BEGIN "
    "INSERT INTO matching(matching, rowid, title, words, scopes) "
    "VALUES ('delete', old.id, old.title, old.words, old.scopes); "
    "INSERT INTO matching(rowid, title, words, scopes) VALUES (new.id, new.title, new.words, new.scopes); END",
)
POSTGRESQL = (
    # Written out rather than parsed, so that it holds what SQLite's does. A title's last word is no neighbour of the text's first.
    """CREATE FUNCTION matching_vector(title text, words text, scopes text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg('''' || word || ''':' || place, ' '), '')::tsvector FROM (
        SELECT word, place FROM unnest(string_to_array(title, ' ')) WITH ORDINALITY AS t(word, place)
        UNION ALL
        SELECT word, place + 1000 FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS w(word, place)
        UNION ALL
        SELECT word, 16383 FROM unnest(string_to_array(trim(scopes), ' ')) AS s(word)
    ) AS placed WHERE word <> '' $$""",
    "ALTER TABLE findables ADD COLUMN matching tsvector "
    "GENERATED ALWAYS AS (matching_vector(title, words, scopes)) STORED",
    "CREATE INDEX matching ON findables USING gin (matching)",
)


def upgrade():
    op.create_table(
        "findables",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_findables_passage_id_passages")),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_findables_reply_id_replies")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_findables_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findables")),
        sa.UniqueConstraint("passage_id", name=op.f("uq_findables_passage_id")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_findables_reply_id")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_findables_thread_id")),
    )
    gatherings = op.create_table(
        "gatherings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    # What was written before is gathered in the background, once the forum runs.
    op.bulk_insert(gatherings, [{"id": 1, "thread_id": 0, "reply_id": 0}])


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE matching")
    op.drop_table("findables")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION matching_vector(text, text, text)")
    op.drop_table("gatherings")

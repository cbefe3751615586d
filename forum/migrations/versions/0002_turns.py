"""What fair turn asks of a reply: its turns, its draw, whether its author was new, when it was first answered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIRST_LEVEL = sa.text("root_id IS NULL")
INDEXES = {
    "ix_replies_thread_id_turn_draw": ("thread_id", "turn", "draw", "id"),
    "ix_replies_thread_id_theme_id_passage_id_rail_turn_draw": (
        "thread_id",
        "theme_id",
        "passage_id",
        "rail_turn",
        "draw",
        "id",
    ),
    "ix_replies_thread_id_passage_id_passage_turn_draw": ("thread_id", "passage_id", "passage_turn", "draw", "id"),
    "ix_replies_theme_id_forum_turn_draw": ("theme_id", "forum_turn", "draw", "id"),
}
NUMBERS = ("turn", "rail_turn", "passage_turn", "forum_turn", "draw")
# How many its author had written there before, for each place that has turns of its own.
TURNS = """
    UPDATE replies SET turn = t.turn, rail_turn = t.rail_turn, passage_turn = t.passage_turn, forum_turn = t.forum_turn
    FROM (
        SELECT id,
            row_number() OVER (PARTITION BY author_id, thread_id ORDER BY id) - 1 AS turn,
            row_number() OVER (PARTITION BY author_id, thread_id, theme_id, passage_id ORDER BY id) - 1 AS rail_turn,
            row_number() OVER (PARTITION BY author_id, thread_id, passage_id ORDER BY id) - 1 AS passage_turn,
            row_number() OVER (PARTITION BY author_id, theme_id ORDER BY id) - 1 AS forum_turn
        FROM replies WHERE root_id IS NULL
    ) AS t WHERE t.id = replies.id
"""
NEWCOMERS = "UPDATE replies SET newcomer = {true} WHERE id IN (SELECT min(id) FROM replies GROUP BY author_id)"
ANSWERED = """
    UPDATE replies SET first_answered_at = (
        SELECT min(a.created_at) FROM replies AS a WHERE a.root_id = replies.id AND a.author_id <> replies.author_id
    ) WHERE root_id IS NULL
"""


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in NUMBERS:
        op.add_column("replies", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("replies", sa.Column("newcomer", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("replies", sa.Column("first_answered_at", sa.DateTime(), nullable=True))
    op.execute(TURNS)
    draw = "abs(random() % 2147483648)" if sqlite else "floor(random() * 2147483648)::int"
    op.execute(f"UPDATE replies SET draw = {draw}")  # noqa: S608 (nothing of a user's)
    op.execute(NEWCOMERS.format(true="1" if sqlite else "true"))
    op.execute(ANSWERED)
    for name, columns in INDEXES.items():
        op.create_index(name, "replies", columns, sqlite_where=FIRST_LEVEL, postgresql_where=FIRST_LEVEL)
    new = {"sqlite_where": sa.text("newcomer = 1"), "postgresql_where": sa.text("newcomer")}
    for column in ("thread_id", "theme_id"):
        op.create_index(f"ix_replies_newcomer_{column}", "replies", (column, "created_at"), **new)


def downgrade():
    for name in (*INDEXES, "ix_replies_newcomer_thread_id", "ix_replies_newcomer_theme_id"):
        op.drop_index(name, "replies")
    for name in (*NUMBERS, "newcomer", "first_answered_at"):
        op.drop_column("replies", name)

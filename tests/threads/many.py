"""Many replies at once, as rows: for tests in which only their number and order count."""

from forum.accounts.models import Member
from forum.core import clock, markdown
from forum.core.db import session
from forum.threads.models import Reply, Thread
from tests import make


def many(
    thread: Thread,
    by: Member,
    count: int,
    *,
    key: str = "mistrust",
    passage: int | None = None,
    under: Reply | None = None,
) -> list[int]:
    """Add `count` replies, or answers under a reply; return their ids in order."""
    theme, at = make.theme(key), clock.now()
    first = under.answer_count if under else 0
    rows = [
        Reply(
            thread_id=thread.id,
            theme_id=theme.id,
            passage_id=make.passage_id(passage) if passage else None,
            root_id=under.id if under else None,
            answers_id=under.id if under else None,
            number=first + n if under else 0,
            author_id=by.id,
            kind="thinking",
            source=f"Word {n}.",
            html=f"<p>Word {n}.</p>\n",
            renderer=markdown.RENDERER,
            created_at=at,
        )
        for n in range(1, count + 1)
    ]
    session().add_all(rows)
    thread.reply_count += count
    if under:
        under.answer_count += count
    session().flush()
    ids = [row.id for row in rows]
    session().commit()
    return ids

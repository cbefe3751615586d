"""What can be found, kept in step with what stands: in the transaction of each change, and anew from the beginning."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, not_, select, text

from forum.core.background import give_way
from forum.core.db import session, transaction
from forum.core.holdings import Leaver
from forum.core.markdown import plain
from forum.essays import queries as essays
from forum.essays.models import Essay, Passage
from forum.search import scopes
from forum.search.folding import words
from forum.search.keys import key
from forum.search.models import Findable, Gathering
from forum.themes import queries as themes
from forum.threads import visibility
from forum.threads.models import Reply, Thread

PAGES = 1000  # of the index of words that are written anew in one transaction
BATCH = 100  # a tenth of a second, so that nobody who writes waits long
_CHANGES = text("SELECT total_changes()")
_MERGE = text("INSERT INTO matching (matching, rank) VALUES ('merge', :pages)")


def follow_replies(*which: ColumnElement[bool]) -> None:
    """Let what can be found follow some replies, as they stand now."""
    ids = session().scalars(select(Reply.id).where(*which).order_by(Reply.id)).all()
    for first in range(0, len(ids), BATCH):
        _follow(ids[first : first + BATCH])


def _follow(ids: Iterable[int]) -> None:
    among = Reply.id.in_(list(ids))
    _forget(Findable.reply_id.in_(select(Reply.id).where(among)))
    standing = (
        select(Reply.id, Reply.html, Reply.created_at, Reply.thread_id, Reply.theme_id, Reply.author_id)
        .join(Thread, Thread.id == Reply.thread_id)
        .where(among, visibility.listed(visibility.MEMBERS))
    )
    _add(map(_of_reply, session().execute(standing)))


def _of_reply(row: Any) -> dict[str, Any]:
    where = scopes.listed(scopes.thread(row.thread_id), scopes.theme(row.theme_id), scopes.author(row.author_id))
    return {
        "id": key("reply", row.id, row.created_at),
        "reply_id": row.id,
        "title": "",
        "words": " ".join(words(plain(row.html))),
        "scopes": where,
    }


def follow_opening(thread: Thread) -> None:
    """Let what can be found follow a thread's own text; of an essay's thread, that of the essay."""
    if thread.essay is not None:
        follow_essay(thread.essay)
        return
    _forget(Findable.thread_id == thread.id)
    standing = select(Thread).where(Thread.id == thread.id, visibility.threads(visibility.MEMBERS))
    if session().scalar(standing):
        _add([_of_opening(thread)])


def _of_opening(thread: Thread) -> dict[str, Any]:
    where = [scopes.thread(thread.id)]
    where += [scopes.theme(thread.theme_id)] if thread.theme_id else []
    where += [scopes.author(thread.author_id)] if thread.author_id else []
    return {
        "id": key("opening", thread.id, thread.created_at),
        "thread_id": thread.id,
        "title": scopes.title(words(thread.title)),
        "words": " ".join(words(plain(thread.html))),
        "scopes": scopes.listed(*where),
    }


def follow_essay(essay: Essay) -> None:
    """Let what can be found follow an essay's current edition. Its title is found with its first passage."""
    _forget(Findable.passage_id.in_(select(Passage.id).where(Passage.essay_id == essay.id)))
    theme_ids = {theme.key: theme.id for theme in themes.everything()}
    _add(
        {
            "id": key("passage", passage["id"], essay.created_at),
            "passage_id": passage["id"],
            "title": "" if place else scopes.title(words(essay.title)),
            "words": " ".join(words(passage["text"])),
            "scopes": scopes.listed(
                scopes.essay(essay.id), *(scopes.theme(theme_ids[theme]) for theme in passage["themes"])
            ),
        }
        for place, passage in enumerate(essays.current(essay).content)
    )


def follow_thread(thread: Thread) -> None:
    """Let what can be found follow a whole thread that disappeared or came back."""
    follow_opening(thread)
    follow_replies(Reply.thread_id == thread.id)


def follow_merged(into: Thread) -> None:
    """Let what can be found follow replies that came into a thread out of another."""
    here = Findable.scopes.contains(f"{scopes.thread(into.id)} ", autoescape=True)
    known = select(Findable.reply_id).where(Findable.reply_id == Reply.id, here)
    follow_replies(Reply.thread_id == into.id, not_(known.exists()))


def _forget(which: ColumnElement[bool]) -> None:
    session().execute(delete(Findable).where(which).execution_options(synchronize_session=False))


def _add(rows: Iterable[dict[str, Any]]) -> None:
    if known := list(rows):
        session().execute(insert(Findable), known)


def forget_traces(_leaver: Leaver) -> bool:
    """Write SQLite's index anew, a part at a time: until then it keeps the words of what was taken out of it."""
    if session().get_bind().dialect.name != "sqlite":
        return False
    before = session().scalar(_CHANGES)
    session().execute(_MERGE, {"pages": -PAGES})
    return bool(session().scalar(_CHANGES) - before > 1)  # the command itself counts as one


def gather_anew() -> int:
    """Have everything that can be found gathered from the beginning; return the number at which that will be done."""
    with transaction(public=False):
        session().execute(delete(Gathering))
        session().add(Gathering(id=1))
    both = select(func.coalesce(func.max(Thread.id), 0)), select(func.coalesce(func.max(Reply.id), 0))
    return sum(session().execute(highest).scalar_one() for highest in both)


def gather() -> Iterator[int]:
    """Go on gathering what is there, batch after batch; yield the number that is reached after each.

    Each batch is a transaction of its own, so this can be broken off anywhere, and done by several processes at once; what
    is written meanwhile is found as ever.
    """
    while session().get(Gathering, 1):
        with transaction():
            gathering = session().get(Gathering, 1)
            if gathering is None:
                return
            if not _gather_threads(gathering) and not _gather_replies(gathering):
                session().delete(gathering)
            reached = gathering.thread_id + gathering.reply_id
        yield reached
        give_way()
    session().rollback()


def _gather_threads(gathering: Gathering) -> bool:
    next_ones = select(Thread).where(Thread.id > gathering.thread_id).order_by(Thread.id).limit(BATCH)
    found = session().scalars(next_ones).all()
    for thread in found:
        follow_opening(thread)
        gathering.thread_id = thread.id
    return bool(found)


def _gather_replies(gathering: Gathering) -> bool:
    next_ones = select(Reply.id).where(Reply.id > gathering.reply_id).order_by(Reply.id).limit(BATCH)
    ids = session().scalars(next_ones).all()
    if ids:
        _follow(ids)
        gathering.reply_id = ids[-1]
    return bool(ids)

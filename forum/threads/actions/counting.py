"""Counts that pages show, kept by those who change them."""

from collections.abc import Iterable

from sqlalchemy import and_, case, delete, func, insert, select, update

from forum.core.db import session
from forum.themes.models import Theme
from forum.threads.models import HIDDEN, MERGED, STANDING, Reply, Tally, Thread


def count(reply: Reply, step: int) -> None:
    """Let the counts follow a reply that now stands (step 1) or no longer does (step -1); inside a transaction."""
    place = (reply.thread_id, reply.theme_id, reply.passage_id or 0)
    tally = session().get(Tally, place)
    if tally is None:
        tally = Tally(thread_id=place[0], theme_id=place[1], passage_id=place[2], replies=0)
        session().add(tally)
    tally.replies += step
    if reply.root_id is None:
        tally.newest_id = _newest(reply, tally, step)
    thread = session().get_one(Thread, reply.thread_id)
    thread.reply_count += step
    if thread.state != HIDDEN and not thread.members_only:  # what not everyone sees is in no theme's counts
        session().get_one(Theme, reply.theme_id).reply_count += step


def _newest(reply: Reply, tally: Tally, step: int) -> int | None:
    if step > 0:
        return max(tally.newest_id or 0, reply.id)
    if tally.newest_id != reply.id:
        return tally.newest_id
    here = [Reply.thread_id == reply.thread_id, Reply.theme_id == reply.theme_id, Reply.passage_id == reply.passage_id]
    others = select(Reply.id).where(*here, Reply.root_id.is_(None), Reply.state == STANDING, Reply.id != reply.id)
    return session().scalar(others.order_by(Reply.id.desc()).limit(1))


def recount(thread_ids: Iterable[int]) -> None:
    """Count anew what stands in threads whose replies were moved, and under every theme."""
    session().flush()
    here = Reply.thread_id.in_(list(thread_ids))
    passage = func.coalesce(Reply.passage_id, 0)
    newest = func.max(case((Reply.root_id.is_(None), Reply.id)))
    standing = select(Reply.thread_id, Reply.theme_id, passage, func.count(), newest).where(
        here, Reply.state == STANDING
    )
    grouped = standing.group_by(Reply.thread_id, Reply.theme_id, passage)
    session().execute(delete(Tally).where(Tally.thread_id.in_(list(thread_ids))))
    session().execute(
        insert(Tally).from_select(["thread_id", "theme_id", "passage_id", "replies", "newest_id"], grouped)
    )
    replies = select(func.coalesce(func.sum(Tally.replies), 0))
    of_thread = replies.where(Tally.thread_id == Thread.id).scalar_subquery()
    threads = update(Thread).where(Thread.id.in_(list(thread_ids))).values(reply_count=of_thread)
    session().execute(threads, execution_options={"synchronize_session": False})
    seen = and_(Thread.state.not_in((HIDDEN, MERGED)), ~Thread.members_only)
    of_theme = replies.join(Thread, Thread.id == Tally.thread_id).where(Tally.theme_id == Theme.id, seen)
    opened = select(func.count()).select_from(Thread).where(Thread.theme_id == Theme.id, seen)
    themes = update(Theme).values(reply_count=of_theme.scalar_subquery(), thread_count=opened.scalar_subquery())
    session().execute(themes, execution_options={"synchronize_session": False})
    session().expire_all()


def count_thread(thread: Thread, step: int) -> None:
    """Let its theme's counts follow a thread that appears to everyone or disappears, with all that stands in it."""
    if thread.theme_id is None or thread.members_only:
        return
    theme = session().get_one(Theme, thread.theme_id)
    theme.thread_count += step
    for tally in session().scalars(select(Tally).where(Tally.thread_id == thread.id)):
        session().get_one(Theme, tally.theme_id).reply_count += step * tally.replies

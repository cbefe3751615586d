"""Counts that pages show, kept by those who change them."""

from sqlalchemy import select

from forum.core.db import session
from forum.themes.models import Theme
from forum.threads.models import HIDDEN, STANDING, Reply, Tally, Thread


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
    if thread.state != HIDDEN:  # a hidden thread's replies left their themes' counts with it
        session().get_one(Theme, reply.theme_id).reply_count += step


def _newest(reply: Reply, tally: Tally, step: int) -> int | None:
    if step > 0:
        return max(tally.newest_id or 0, reply.id)
    if tally.newest_id != reply.id:
        return tally.newest_id
    here = [Reply.thread_id == reply.thread_id, Reply.theme_id == reply.theme_id, Reply.passage_id == reply.passage_id]
    others = select(Reply.id).where(*here, Reply.root_id.is_(None), Reply.state == STANDING, Reply.id != reply.id)
    return session().scalar(others.order_by(Reply.id.desc()).limit(1))


def count_thread(thread: Thread, step: int) -> None:
    """Let its theme's counts follow a thread that appears or disappears, with all that stands in it."""
    if thread.theme_id is None:
        return
    theme = session().get_one(Theme, thread.theme_id)
    theme.thread_count += step
    for tally in session().scalars(select(Tally).where(Tally.thread_id == thread.id)):
        session().get_one(Theme, tally.theme_id).reply_count += step * tally.replies

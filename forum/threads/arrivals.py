"""What was written in a thread after a page of it was served: told to whoever still has that page open."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, exists, func, select
from sqlalchemy.orm import with_expression

from forum.accounts.models import Mute
from forum.core.db import session
from forum.practices import queries as practices
from forum.threads import visibility
from forum.threads.models import STANDING, Reply, Thread

MOST = 100  # that are counted

_LATEST = select(func.max(Reply.id)).where(Reply.thread_id == Thread.id).correlate(Thread).scalar_subquery()
# An option of statements that read a thread for its page.
newest = with_expression(Thread.newest_id, func.coalesce(_LATEST, 0))
# Another: whether the foot of the page has nothing of those who listen.
listening = with_expression(Thread.listening_off, practices.off_for("listening", Thread.essay_id))


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many replies came, at most MOST, and the id of the first of them."""

    count: int
    first: int | None


def since(thread_id: int, after: int, who: Any) -> Arrivals | None:
    """Return what others wrote in a thread after the reply with the id `after`; None where the reader may not see the thread.

    What is hidden or withdrawn does not count, nor what those wrote whom the reader has muted.
    """
    asked = {"thread": thread_id, "after": after, "reader": who.id or 0}
    row = session().execute(_since(visibility.audience(who)), asked).first()
    return Arrivals(**row._asdict()) if row else None


@lru_cache(maxsize=3)
def _since(who: visibility.Rights) -> Select[int, int | None]:
    thread, after, reader = (bindparam(name, type_=Integer) for name in ("thread", "after", "reader"))
    muted = exists().where(Mute.muter_id == reader, Mute.muted_id == Reply.author_id)
    of_others = (Reply.state == STANDING, Reply.author_id != reader, ~muted)
    late = select(Reply.id).where(Reply.thread_id == thread, Reply.id > after, *of_others)
    counted = late.order_by(Reply.id).limit(MOST).subquery()
    told = select(func.count().label("count"), func.min(counted.c.id).label("first")).subquery()
    seen = exists().where(Thread.id == thread, visibility.threads(who))
    return select(told.c.count, told.c.first).where(seen)

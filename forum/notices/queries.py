"""What is new for a member: what others wrote where that member has been, and what was not shown to them yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, exists, func, or_, select

from forum.core.db import session
from forum.notices.models import THREAD, Seen, Tie
from forum.notices.seen import SIZE
from forum.threads import visibility
from forum.threads.models import STANDING, Reply, Thread

MOST = 100  # new replies of a thread or theme that are counted
THREADS = 50  # of those where a member has been, the latest ones are looked through for what is new
PUBLIC = visibility.Rights(moderates=False, id=None)


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a thread or theme: `ids`, in order, at most MOST; `since` says that all came after the last visit."""

    ids: tuple[int, ...]
    upto: int
    since: bool

    @property
    def whole(self) -> bool:
        return len(self.ids) < MOST


NOTHING = News((), 0, since=True)


def unseen(member_id: Any) -> ColumnElement[bool]:
    """Return that a reply was not shown to this member yet."""
    bit = Seen.bits.bitwise_rshift(Reply.id % SIZE).bitwise_and(1)
    return ~exists().where(Seen.member_id == member_id, Seen.block == Reply.id // SIZE, bit == 1)


def within(scope: str, scope_id: Any) -> ColumnElement[bool]:
    """Return that a reply stands in a thread, or that the page of a theme shows it."""
    if scope == THREAD:
        return Reply.thread_id == scope_id
    shown = exists().where(Thread.id == Reply.thread_id, visibility.threads(PUBLIC))
    return and_(Reply.theme_id == scope_id, Reply.root_id.is_(None), shown)


def _new(member_id: Any) -> ColumnElement[bool]:
    return and_(Reply.state == STANDING, Reply.author_id != member_id, unseen(member_id))


def tie(member_id: int, scope: str, scope_id: int) -> Tie | None:
    return session().get(Tie, (member_id, scope, scope_id))


def news(member_id: int, scope: str, scope_id: int) -> News:
    """Return what is new where a member has been; NOTHING where they have not."""
    rows = session().execute(_news(scope), {"member": member_id, "here": scope_id}).all()
    if not rows:
        return NOTHING
    return News(tuple(row.id for row in rows), rows[0].upto, since=rows[0].created_at >= rows[0].seen_at)


@lru_cache(maxsize=2)
def _news(scope: str) -> Select[int, datetime, int, datetime | None]:
    member, here = bindparam("member", type_=Integer), bindparam("here", type_=Integer)
    new = and_(within(scope, here), Reply.id > Tie.upto, _new(member))
    its = (Tie.member_id == member, Tie.scope == scope, Tie.scope_id == here, Tie.seen_at.is_not(None))
    found = select(Reply.id, Reply.created_at, Tie.upto, Tie.seen_at).select_from(Tie).join(Reply, new)
    return found.where(*its).order_by(Reply.id).limit(MOST)


def new_among(replies: Iterable[int], member_id: int, known: News) -> set[int]:
    """Return which of the replies on a page are new, where `known` holds the news of the place that the page shows."""
    shown = set(replies)
    if known.whole:
        return shown.intersection(known.ids)
    late = select(Reply.id).where(Reply.id.in_(shown), Reply.id > known.upto, _new(member_id))
    return set(session().scalars(late))


def newest(member_id: int) -> Sequence[Row[int, str, int, int, bool]]:
    """Return the threads where something is new for a member, latest activity first: id, title, count, first new reply.

    `since` says that all of it came after the last visit.
    """
    return session().execute(_newest(), {"member": member_id}).all()


@lru_cache(maxsize=1)
def _newest() -> Select[int, str, int, int, bool]:
    member = bindparam("member", type_=Integer)
    been = (Tie.member_id == member, Tie.scope == THREAD, Tie.seen_at.is_not(None))
    latest = (
        select(Thread.id, Thread.title, Thread.activity, Tie.upto, Tie.seen_at)
        .join(Tie, Tie.scope_id == Thread.id)
        .where(*been, visibility.threads(PUBLIC))
        .order_by(Thread.activity.desc())
        .limit(THREADS)
        .subquery()
    )
    new = select(Reply.id).where(Reply.thread_id == latest.c.id, Reply.id > latest.c.upto, _new(member))
    new = new.order_by(Reply.id).correlate(latest)
    count = select(func.count()).select_from(new.limit(MOST).subquery()).scalar_subquery()
    first = select(latest, new.limit(1).scalar_subquery().label("first"), count.label("count")).subquery()
    since = (Reply.created_at >= first.c.seen_at).label("since")
    told = select(first.c.id, first.c.title, first.c.count, first.c.first, since)
    return told.join(Reply, Reply.id == first.c.first).order_by(first.c.activity.desc())


def blocks(member_id: int, numbers: Iterable[int]) -> dict[int, int]:
    """Return the bits of some blocks of what a member has seen."""
    held = select(Seen.block, Seen.bits).where(Seen.member_id == member_id, Seen.block.in_(list(numbers)))
    return {row.block: row.bits for row in session().execute(held)}


def shown(replies: Iterable[int], scope: str, scope_id: int) -> list[int]:
    """Return which of these ids are replies of a thread or theme."""
    return list(session().scalars(select(Reply.id).where(Reply.id.in_(list(replies)), within(scope, scope_id))))


def known_up_to(member_id: int, scope: str, scope_id: int, upto: int) -> int:
    """Return up to which reply a member has seen all of a thread or theme, if it was all up to `upto` before."""
    rest = and_(within(scope, scope_id), Reply.id > upto)
    left = select(Reply.id).where(rest, Reply.author_id != member_id, unseen(member_id))
    if first := session().scalar(left.order_by(Reply.id).limit(1)):
        return first - 1
    return session().scalar(select(func.max(Reply.id)).where(rest)) or upto


def any_seen_before(at: datetime) -> bool:
    return bool(session().scalar(select(or_(exists().where(Seen.at < at), exists().where(Tie.seen_at < at)))))

"""Who is new here, what waits, and for how long that usually is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.orm import aliased, joinedload

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.threads.models import FOLDED, HIDDEN, REMOVED, STANDING, Reply, Thread
from forum.threads.rules import keeps
from forum.waiting.models import APPROVED, FIRST, HERE, INFLOW, LINK, WAITING, Waiting
from forum.waiting.rules import decides

SIZE = 30
DAY = timedelta(days=1)
CROWD = 3  # answers that differ with one person within a day; no more of them stand then
RELEASED = 50  # at a time
LATEST = 50  # decisions from which the usual wait is known


def cause(by: Member, html: str, thread: Thread | None = None) -> str:
    """Return why a text of theirs has to wait, "" where it need not: FORUM_NEWCOMERS and the thread say how careful to be."""
    if thread and thread.first_waits and not keeps(by, thread) and not _has_replied(by, thread=thread):
        return HERE
    care = current_app.config["NEWCOMERS"]
    if care == "open" or by.keeps or by.facilitations:
        return ""
    if care == "wait" and not _has_replied(by):
        return FIRST
    return LINK if links(html) and not _is_known(by) else ""


def day_for(answered: Reply, by: Member, kind: str) -> datetime | None:
    """Return when an answer may stand, None for at once: no crowd tells one person within a day that it sees it differently.

    Further ones come one a day, and none goes past those that wait. Asked inside the transaction that writes it.
    """
    to = answered.author_id
    if kind != "differing" or to == by.id:
        return None
    last = _last_day(to)
    if last is None and (session().scalar(differing(to)) or 0) < CROWD:
        return None
    return max(clock.now(), last or clock.now()) + DAY


def differing(to: int) -> Select[int]:
    """Count the answers that told someone within a day that they see it differently."""
    theirs: Any = aliased(Reply)
    came = select(func.count()).select_from(Reply).join(theirs, theirs.id == Reply.answers_id)
    # From the few that differ at all lately, not from all that someone ever wrote: so their author is no key (+ 0). And the kind
    # is no parameter: databases would not see that an index of these answers it.
    came = came.where(Reply.kind == literal_column("'differing'"), Reply.answers_id.is_not(None))
    came = came.where(Reply.created_at > clock.now() - DAY, Reply.state.in_((STANDING, FOLDED)))
    return came.where(theirs.author_id + 0 == to, Reply.author_id != to)


def _last_day(to: int) -> datetime | None:
    """Return the last day that is given to someone who waits to differ with a person."""
    queued = select(Waiting.release_at).join(Reply, Reply.id == Waiting.answers_id).where(Reply.author_id == to)
    queued = queued.where(Waiting.state == WAITING, Waiting.cause == INFLOW)
    return session().scalar(queued.order_by(Waiting.release_at.desc()).limit(1))


def due() -> Sequence[int]:
    """Return the ids of what has waited for its day, and that has come."""
    come = select(Waiting.id).where(
        Waiting.state == WAITING, Waiting.cause == INFLOW, Waiting.release_at <= clock.now()
    )
    return session().scalars(come.order_by(Waiting.release_at).limit(RELEASED)).all()


def links(html: str) -> bool:
    """Return whether a rendered text leads out of the forum."""
    return any(f'href="{scheme}' in html for scheme in ("http", "mailto"))


def _has_replied(by: Member, *, before: datetime | None = None, thread: Thread | None = None) -> bool:
    asked = select(Reply.id).where(Reply.author_id == by.id, Reply.state.not_in((HIDDEN, REMOVED))).limit(1)
    if thread:
        asked = asked.where(Reply.thread_id == thread.id)
    if before:
        asked = asked.where(Reply.created_at <= before)
    return session().scalar(asked) is not None


def _is_known(by: Member) -> bool:
    """Return whether a moderator has approved a reply of theirs, or one has stood for a day."""
    approved = select(Waiting.id).where(Waiting.author_id == by.id, Waiting.state == APPROVED).limit(1)
    return _has_replied(by, before=clock.now() - DAY) or session().scalar(approved) is not None


def one(number: int, who: Any) -> Waiting | None:
    """Return what waits under a number, to its author and to those who decide about it; to others there is nothing."""
    found = session().get(Waiting, number)
    return found if found and (decides(who, found) or found.author_id == who.id) else None


def of_form(by_id: int, key: str | None) -> Waiting | None:
    return session().scalar(select(Waiting).where(Waiting.author_id == by_id, Waiting.key == key))


def count(by_id: int, *states: str) -> int:
    counted = select(func.count()).where(Waiting.author_id == by_id, Waiting.state.in_(states))
    return session().scalar(counted) or 0


def waiting(place: Place, who: Any) -> Page[Waiting]:
    """Return a page of what waits, the longest first: to moderators everyone's, to others their own and what was refused.

    Facilitators are shown what waits in threads of theirs, too.
    """
    asked = select(Waiting).options(joinedload(Waiting.thread), joinedload(Waiting.theme), joinedload(Waiting.author))
    if who.moderates:
        own = and_(Waiting.author_id == who.id, Waiting.state != APPROVED)
        asked = asked.where(or_(and_(Waiting.state == WAITING, Waiting.cause != INFLOW), own))
    else:
        own = and_(Waiting.author_id == who.id, Waiting.state != APPROVED)
        asked = asked.where(or_(own, _to_decide(who)) if who.keeps else own)
    found = session().scalars(window(asked, Waiting.id, place, SIZE)).all()
    return page(found, SIZE, place, lambda row: row.id)


def _to_decide(who: Any) -> ColumnElement[bool]:
    themes = [kept.theme_id for kept in who.facilitations]
    theirs = select(Thread.id).where(Thread.theme_id.in_(themes), Thread.id == Waiting.thread_id)
    return and_(Waiting.state == WAITING, Waiting.cause == HERE, theirs.exists())


def usual_hours() -> int | None:
    """Return in how many hours a reply is usually decided about, at least 1; None while that is not known."""
    decided = select(Waiting.written_at, Waiting.decided_at).where(Waiting.decided_at.is_not(None))
    decided = decided.where(Waiting.cause != INFLOW)
    rows = session().execute(decided.order_by(Waiting.decided_at.desc()).limit(LATEST)).all()
    if not rows:
        return None
    return max(1, round(median((at - written).total_seconds() for written, at in rows if at) / 3600))

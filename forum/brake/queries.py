"""What an exchange asks of those who answer in it again: counted from the answers themselves, so across processes and restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from forum.brake import heat
from forum.brake.models import Pace
from forum.brake.rules import steers
from forum.core import clock
from forum.core.db import session
from forum.moderation.models import Case
from forum.threads.models import Reply
from forum.threads.pauses import Paused

HOUR = timedelta(hours=1)
LONGEST = timedelta(minutes=max(heat.MINUTES))
MOST = 60  # answers of an hour that are counted: more make no longer pause


@dataclass(frozen=True, slots=True)
class Exchange:
    """What happened in an exchange up to a moment: answers within the hour, open cases, the share of two people."""

    answers: int
    cases: int
    share: float

    @property
    def pause(self) -> int:
        return heat.pause(self.answers, self.cases, self.share)


def paused(reply: Reply, who: Any) -> Paused | None:
    """Return the pause that someone has still to make before they answer in the exchange that a reply stands in.

    It is as long as the exchange was hot when they answered last, and so grows for nobody while they wait. Before a first answer
    there is none.
    """
    if not who or steers(who, reply):
        return None
    last = _last_own(reply, who.id)
    if last is None:
        return None
    if last.until and last.until > clock.now():
        return _left(last.created_at, last.minutes, _("Those who keep this thread have slowed this exchange down."))
    if last.created_at + LONGEST <= clock.now():
        return None
    then = exchange(reply.root_id or reply.id, last.created_at, last.number)
    return _left(last.created_at, then.pause, _why(then))


def _left(last: datetime, minutes: int, why: str) -> Paused | None:
    until = last + timedelta(minutes=minutes)
    return Paused(until, why) if until > clock.now() else None


def _why(then: Exchange) -> str:
    """Return the reason in words. Of cases nobody is told."""
    if then.share >= heat.TWO:
        return _("This exchange is going fast between two people. A pause lets words settle, and others come in.")
    return _("This exchange is going fast. A pause lets words settle, and others come in.")


def _last_own(reply: Reply, member_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return when someone answered last in an exchange, with the pace that was set for it."""
    own = (
        select(Reply.created_at, Reply.number, Pace.minutes, Pace.until)
        .outerjoin(Pace, Pace.root_id == Reply.root_id)
        .where(Reply.thread_id == reply.thread_id, Reply.author_id == member_id)
        .where(Reply.root_id == (reply.root_id or reply.id))
    )
    return session().execute(own.order_by(Reply.id.desc()).limit(1)).first()


def exchange(root_id: int, at: datetime, number: int | None = None) -> Exchange:
    """Return what an exchange was like at a moment, up to the answer of this number; whatever became of its answers since."""
    asked = select(Reply.author_id, Reply.created_at, _cases(root_id, at)).where(Reply.root_id == root_id)
    if number is not None:
        asked = asked.where(Reply.number <= number)
    latest = session().execute(asked.order_by(Reply.number.desc()).limit(MOST)).all()
    return Exchange(
        answers=sum(row.created_at > at - HOUR for row in latest),
        cases=latest[0].cases if latest else 0,
        share=heat.share([row.author_id for row in latest]),
    )


def _cases(root_id: int, at: datetime) -> Any:
    flagged: Any = aliased(Reply)
    its = select(func.count()).select_from(Case).join(flagged, flagged.id == Case.reply_id)
    # From the few open cases, not from all answers of a long exchange: so these are no keys (+ 0).
    its = its.where(or_(flagged.root_id + 0 == root_id, flagged.id + 0 == root_id))
    return its.where(Case.closed_at.is_(None), Case.opened_at <= at).scalar_subquery().label("cases")


def pace(root_id: int) -> Pace | None:
    """Return the pace that is set for an exchange now."""
    found = session().get(Pace, root_id)
    return found if found and found.until > clock.now() else None

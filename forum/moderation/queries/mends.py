"""Whose words are asked to be mended, until when, and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from forum.core import clock
from forum.core.db import session
from forum.moderation.models import CLOSED, Case, Decision, Flag, Mend
from forum.moderation.names import ASKED, BROUGHT_BACK, HURTS, REWORKED, SILENT, STAND_BY, STOOD_BY, TAKE_BACK
from forum.moderation.targets import Mending

TIME = timedelta(hours=72)  # to answer in; nobody is reminded
EACH = timedelta(days=1)  # nobody is asked more often
HELD = timedelta(hours=24)  # after that, whoever took a case is taken to have left it


def only_hurts(case_id: Any) -> ColumnElement[bool]:
    """Return that nothing else was said of a case than what its author can mend."""
    return ~exists().where(Flag.case_id == case_id, Flag.reason.not_in(HURTS)).correlate(Case)


def with_author() -> ColumnElement[bool]:
    """Return that a case is with its author at present, and no moderator has to look at it; outer join Mend."""
    free = or_(Case.claimed_at.is_(None), Case.claimed_at <= clock.now() - HELD)
    asked = and_(Mend.answer == "", Mend.asked_at > clock.now() - TIME)
    return and_(func.coalesce(asked, False), free, only_hurts(Case.id))


def without_author() -> ColumnElement[bool]:
    return not_(with_author())


def until(asked_at: datetime) -> datetime:
    return asked_at + TIME


def state(of: Any) -> str:
    """Return how it stands with a mend, or with a row that has its columns; "" where nobody was asked."""
    if of is None or of.asked_at is None:
        return ""
    answered = {STAND_BY: STOOD_BY, TAKE_BACK: BROUGHT_BACK, "": SILENT if clock.now() >= until(of.asked_at) else ASKED}
    return answered.get(of.answer, REWORKED)


def waits_since(of: Any, opened_at: datetime) -> datetime:
    """Return since when a moderator could have looked at a case, by its mend or a row that has its columns."""
    if of is None or of.asked_at is None:
        return opened_at
    return of.answered_at or until(of.asked_at)


def of_reply(reply_id: int, who: Any) -> Mend | None:
    """Return the latest mend that the author of a reply was asked for, for them alone, once it is their day."""
    own = select(Mend).join(Mend.case).where(Case.reply_id == reply_id, Case.author_id == who.id)
    return session().scalar(own.where(Mend.asked_at <= clock.now()).order_by(Case.id.desc()).limit(1))


def mending(of: Mend, who: Any) -> Mending:
    case = of.case
    state = case.reply.state if case.reply else ""
    return Mending(case.author_id == who.id, state, case.state == CLOSED, bool(of.answer))


def words(case_id: int) -> Sequence[str]:
    """Return the words that were marked as wounding, each once."""
    marked = select(Flag.words).where(Flag.case_id == case_id, Flag.reason.in_(HURTS), Flag.words != "")
    return list(dict.fromkeys(session().scalars(marked.order_by(Flag.id))))


def facts(case_id: int) -> str:
    """Return what a moderator says who asks, "" where the forum asks by itself."""
    asked = select(Decision.facts).where(Decision.case_id == case_id, Decision.kind == "ask")
    return session().scalar(asked.where(Decision.undone_at.is_(None)).order_by(Decision.id.desc()).limit(1)) or ""


def next_day(author_id: int) -> datetime:
    """Return when an author may be asked next."""
    asked = select(func.max(Mend.asked_at)).join(Mend.case).where(Case.author_id == author_id)
    last: datetime | None = session().scalar(asked)
    return max(clock.now(), last + EACH) if last else clock.now()


def due() -> Sequence[Mend]:
    """Return mends whose authors have not been told yet, and are to be now."""
    waiting = select(Mend).where(Mend.told_at.is_(None), Mend.asked_at <= clock.now())
    return session().scalars(waiting.order_by(Mend.asked_at).limit(50)).all()

"""Mending: the author of what wounded someone is asked first, and answers in one of four ways."""

from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.rules import Refused, require
from forum.moderation.actions import handling
from forum.moderation.models import CLOSED, OPEN, Case, Mend
from forum.moderation.names import ADD, MENDED, REWORD, STAND_BY, TAKE_BACK, TAKEN_BACK
from forum.moderation.queries import cases
from forum.moderation.queries import mends as queries
from forum.moderation.signals import answered, asked
from forum.threads.actions import changing, keeping
from forum.threads.models import FOLDED, STANDING, Reply
from forum.threads.reasons import FOR_NOW


def ask(case: Case, *, by: Member | None = None) -> Mend:
    """Ask the author of what a case is about to mend it, as soon as they have not been asked for a day; inside a transaction.

    Raises Refused.
    """
    if case.mend or case.reply is None or case.author_id is None:
        raise Refused("ask_to_mend", _("Its author has been asked already, or is not here any more."))
    mend = Mend(case=case, asked_by_id=by.id if by else None, asked_at=queries.next_day(case.author_id), answer="")
    session().add(mend)
    _tell(mend)
    return mend


def ask_no_more(case: Case) -> None:
    """Let nobody be asked any more, inside a transaction of whoever has asked whether nobody answered yet."""
    if case.mend:
        answered.send(case.mend)
        session().delete(case.mend)
        session().flush()


def can_ask(case: Case, reply: Reply) -> bool:
    """Return whether the forum may ask by itself: no moderator has to look first, or does so already."""
    held = case.claimed_at is not None and case.claimed_at > clock.now() - queries.HELD
    stands = reply.state in {STANDING, FOLDED} and case.author_id is not None
    return stands and case.mend is None and not case.urgent and not held


def tell_due() -> int:
    """Tell those whose day has come; return how many."""
    if not queries.due():
        return 0
    with transaction(public=False):
        found = queries.due()
        for mend in found:
            _tell(mend)
    return len(found)


def _tell(mend: Mend) -> None:
    if mend.asked_at <= clock.now():
        mend.told_at = clock.now()
        session().flush()
        if mend.case.state == OPEN and not mend.answer and mend.case.author_id is not None:
            asked.send(mend)


def reword(mend: Mend, *, kind: str, source: str, by: Member, draft: int = 0) -> None:
    """Let other words stand. No lock, limit or pause keeps anyone from it. Raises Refused."""
    with transaction():
        reply = _answered(mend, REWORD, by)
        if (reply.kind, reply.source) == (kind, source):
            raise Refused("answer_mend", _("Nothing has changed yet. Change the words, or choose another answer."))
        _mend(mend, reply, kind, source, by, draft)


def add_line(mend: Mend, line: str, *, by: Member) -> None:
    """Let something stand below the words. Raises Refused."""
    with transaction():
        reply = _answered(mend, ADD, by)
        _mend(mend, reply, reply.kind, f"{reply.source}\n\n***\n\n{line}", by, 0)


def take_back(mend: Mend, *, by: Member) -> None:
    with transaction():
        changing.withdraw(_answered(mend, "", by), by=by)


def stand_by(mend: Mend, reason: str, *, by: Member) -> None:
    """Let it stand as it is, for a reason: two moderators decide. Raises Refused."""
    with transaction():
        reply = _answered(mend, STAND_BY, by)
        mend.reason = reason
        keeping.fold_on(reply)
        answered.send(mend)


def _answered(mend: Mend, answer: str, by: Member) -> Reply:
    require("answer_mend", by, queries.mending(mend, by))
    mend.answer, mend.answered_at = answer, clock.now()
    if mend.case.reply is None:
        raise LookupError(mend.case_id)
    return mend.case.reply


def _mend(mend: Mend, reply: Reply, kind: str, source: str, by: Member, draft: int) -> None:
    changing.mend(reply, kind=kind, source=source, by=by, draft=draft)
    if reply.state_reason in FOR_NOW or mend.asked_by_id is not None:
        keeping.unfold_mended(reply)
    _over(mend, MENDED)


def _over(mend: Mend, outcome: str) -> None:
    """Close a case of which its author has taken care, unless something else was said of it too."""
    answered.send(mend)
    session().flush()
    if session().scalar(select(queries.only_hurts(mend.case_id))):
        handling.end(mend.case, outcome)


def follow_withdrawn(reply: Reply) -> None:
    """Take a reply that its author withdraws for the answer, where they are asked to mend it; inside a transaction."""
    mend = session().scalar(select(Mend).join(Mend.case).where(Case.reply_id == reply.id, Case.state == OPEN))
    if mend and mend.answer in {"", STAND_BY}:
        mend.answer, mend.answered_at = TAKE_BACK, clock.now()
        _over(mend, TAKEN_BACK)


def follow_returned(reply: Reply) -> None:
    """Let moderators look at what was taken back when it was to be mended, and comes back; inside a transaction."""
    last = session().scalar(select(Case).where(Case.reply_id == reply.id).order_by(Case.id.desc()).limit(1))
    if last and last.state == CLOSED and last.outcome == TAKEN_BACK:
        last.state, last.outcome, last.closed_at = OPEN, "", None


def speak_against(case: Case, *, by: Member) -> None:
    """Say, as the first of two moderators, that what its author stands by cannot stay as it is. Raises Refused."""
    with transaction(public=False):
        require("speak_against", by, cases.desk(case, by))
        if case.mend:
            case.mend.against_by_id = by.id
        case.claimed_by_id = case.claimed_at = None

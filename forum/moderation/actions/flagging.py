"""Flagging: what someone says of a text goes into its one open case."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.commitments.actions import keeping as commitments
from forum.commitments.models import FieldNote
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.limits import network
from forum.core.rules import require
from forum.moderation.actions import mending
from forum.moderation.models import CLOSED, Case, Flag
from forum.moderation.names import AT_ONCE, HURTS, NOTHING, UNLAWFUL, URGENT
from forum.moderation.queries import flags as queries
from forum.moderation.queries.flags import COLUMNS, Subject
from forum.moderation.signals import flagged
from forum.moderation.targets import Target
from forum.threads.actions import keeping
from forum.threads.models import Reply
from forum.threads.reasons import REWORKED, UNTIL_LOOKED_AT

MOST_AT_ONCE = 3  # replies a day that one member's flags hide
WRONG = 2  # such flags that were found wrong, after which theirs hide nothing
WRONG_WITHIN = timedelta(days=90)
FOLDING = 3  # people whom a reply wounds, after whom it is folded
GROWN = timedelta(days=14)  # how long each of them has been a member by then


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is said of a text: a reason, the words that are meant, a line; of what is unlawful also why, and by whom it is said."""

    reason: str
    words: str = ""
    line: str = ""
    name: str = ""
    email: str = ""
    ground: str = ""
    quietly: bool = False  # its author is not to be asked


def flag(of: Subject, said: Complaint, *, by: Any) -> str:
    """Flag a text; return the secret of a visitor's receipt, "" for a member. Raises Refused or TooOften.

    A visitor reports only what is unlawful. No reader's page changes but where a reply is hidden at once, or folded.
    """
    token = "" if by else secrets.token_urlsafe(24)
    with transaction(public=said.reason in AT_ONCE | HURTS and isinstance(of, Reply | FieldNote)):
        target = queries.target(of, by)
        require("flag" if by and said.reason != UNLAWFUL else "report", by, target)
        if by:
            require("flag", by, target)
        _count(by)
        case = queries.open_case(target)
        first = case is None
        case = case or _opened(target)
        case.urgent = case.urgent or said.reason in URGENT
        made = _made(case, of, said, by, token)
        if isinstance(of, Reply):
            of.flagged = True
            if said.reason in AT_ONCE and by and _hides(of, by):
                keeping.hold_reply(of)
            if said.reason in HURTS and not _in_order(of):
                _hurts(case, of, said)
        elif isinstance(of, FieldNote) and said.reason in AT_ONCE and by and _hides(of, by):
            commitments.hold(of)
        flagged.send(made, first=first)
    return token


def _hurts(case: Case, reply: Reply, said: Complaint) -> None:
    """Ask its author first; fold it meanwhile where it hurts many."""
    if not said.quietly and mending.can_ask(case, reply):
        mending.ask(case)
    if _many(case):
        keeping.fold_for_now(reply, REWORKED if case.mend and not case.mend.answer else UNTIL_LOOKED_AT)


def _count(by: Any) -> None:
    act, key = ("flag", str(by.id)) if by else ("report", network())
    limits.check(act, key)
    limits.count(act, key)


def _opened(target: Target) -> Case:
    case = Case(author_id=target.author_id or None, opened_at=clock.now(), **{COLUMNS[target.kind].key: target.id})
    session().add(case)
    session().flush()
    return case


def _made(case: Case, of: Subject, said: Complaint, by: Any, token: str) -> Flag:
    made = Flag(
        case_id=case.id,
        member_id=by.id if by else None,
        by_visitor=not by,
        reason=said.reason,
        words=said.words,
        line=said.line,
        name=said.name,
        email=said.email,
        ground=said.ground,
        wording=queries.wording_of(of),
        receipt=queries.digest(token) if token else None,
        at=clock.now(),
    )
    session().add(made)
    session().flush()
    return made


def _hides(of: Reply | FieldNote, by: Member) -> bool:
    """Return whether a flag of this member hides a reply at once: not often in a day, nor after they were found wrong before.

    Nor does one hide what a moderator has found in order, as it stood then.
    """
    at_once = (Flag.reason.in_(AT_ONCE), Flag.member_id == by.id)
    since = clock.now() - timedelta(days=1)
    today = session().scalar(select(func.count()).select_from(Flag).where(*at_once, Flag.at > since)) or 0
    closed = (Case.state == CLOSED, Case.outcome == NOTHING)
    late = Case.closed_at > clock.now() - WRONG_WITHIN
    wrong = select(func.count()).select_from(Flag).join(Flag.case).where(*at_once, *closed, late)
    # This flag is among today's already.
    return today <= MOST_AT_ONCE and (session().scalar(wrong) or 0) < WRONG and not _in_order(of)


def _in_order(of: Reply | FieldNote) -> bool:
    """Return whether a moderator has found nothing wrong with a text, as it stands now."""
    which = Case.reply_id if isinstance(of, Reply) else Case.field_note_id
    closed = (Case.state == CLOSED, Case.outcome == NOTHING, which == of.id)
    seen = select(Flag.id).join(Flag.case).where(*closed, Flag.wording == of.source)
    return session().scalar(seen.limit(1)) is not None


def _many(case: Case) -> bool:
    """Return whether enough people whom it wounds have been here long enough to fold what a case is about."""
    hurt = select(func.count()).select_from(Flag).join(Flag.member)
    hurt = hurt.where(Flag.case_id == case.id, Flag.reason.in_(HURTS), Member.created_at <= clock.now() - GROWN)
    return (session().scalar(hurt) or 0) >= FOLDING

"""The cases, for those who look after them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import STAFF, Member
from forum.commitments.models import FieldNote
from forum.core import clock
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.moderation.models import CLOSED, OPEN, Case, Decision, Flag, Mend, Note
from forum.moderation.names import ASKED, RIGHT, STAND_BY
from forum.moderation.queries import mends
from forum.moderation.queries.mends import HELD
from forum.moderation.targets import Desk
from forum.threads import stream
from forum.threads.models import Reply, Thread

SIZE = 30
AROUND = 3  # answers that are shown below a reply
SOON, LATE = timedelta(hours=24), timedelta(hours=72)  # until an urgent case, and any other, waits too long
PAST = timedelta(days=365)
AGES = {"day": timedelta(days=1), "days": timedelta(days=3), "week": timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of cases is narrowed to."""

    state: str = OPEN
    reason: str = ""
    age: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """How many flags of a member of the last twelve months are decided, and after how many something was done."""

    decided: int = 0
    acted: int = 0


def _listed() -> Select[*tuple[Any, ...]]:
    claimer = aliased(Member)
    return (
        select(
            Case.id,
            Case.reply_id,
            Case.member_id,
            Case.field_note_id,
            Case.state,
            Case.urgent,
            Case.outcome,
            Case.opened_at,
            Case.closed_at,
            Mend.asked_at,
            Mend.answered_at,
            Mend.answer,
            Member.name.label("author"),
            case((Case.claimed_at > clock.now() - HELD, claimer.name), else_="").label("taken_by"),
            Thread.id.label("thread_id"),
            Thread.title.label("thread_title"),
        )
        .outerjoin(Member, Member.id == Case.author_id)
        .outerjoin(claimer, claimer.id == Case.claimed_by_id)
        .outerjoin(Mend, Mend.case_id == Case.id)
        .outerjoin(Reply, Reply.id == Case.reply_id)
        .outerjoin(Thread, Thread.id == func.coalesce(Case.thread_id, Reply.thread_id))
    )


def listed(asked: Asked, place: Place, who: Any) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of cases, of the open ones the oldest first; those about the one who asks are left out.

    What its author is asked to mend is no moderator's to look at yet, and stands in a list of its own.
    """
    cases = _listed().where(or_(Case.author_id.is_(None), Case.author_id != who.id))
    if asked.state == CLOSED:
        cases = cases.where(Case.state == CLOSED)
    else:
        cases = cases.where(Case.state == OPEN, mends.with_author() if asked.state == ASKED else mends.without_author())
    if asked.reason:
        cases = cases.where(exists().where(Flag.case_id == Case.id, Flag.reason == asked.reason))
    if asked.age:
        cases = cases.where(Case.opened_at <= clock.now() - AGES[asked.age])
    if asked.mine:
        cases = cases.where(Case.claimed_by_id == who.id)
    found = session().execute(window(cases, Case.id, place, SIZE, newest_first=asked.state == CLOSED)).all()
    return page(found, SIZE, place, lambda row: row.id)


def next_open(who: Any, after: int = 0) -> int | None:
    """Return the oldest open case that nobody looks after, and this moderator is not kept out of as its author."""
    free = or_(Case.claimed_at.is_(None), Case.claimed_at <= clock.now() - HELD)
    others = or_(Case.author_id.is_(None), Case.author_id != who.id)
    open_ = select(Case.id).outerjoin(Mend, Mend.case_id == Case.id).where(Case.state == OPEN, mends.without_author())
    waiting = open_.where(free, others).order_by(Case.id <= after, Case.id)
    return session().scalar(waiting.limit(1))


def reasons(case_ids: Iterable[int]) -> dict[int, Counter[str]]:
    """Return how often each reason was given, by case."""
    found: dict[int, Counter[str]] = {}
    given = select(Flag.case_id, Flag.reason).where(Flag.case_id.in_(list(case_ids))).order_by(Flag.id)
    for case_id, reason in session().execute(given):
        found.setdefault(case_id, Counter())[reason] += 1
    return found


def waits_too_long(row: Any, mend: Any = None) -> bool:
    """Return whether a case waits too long for a moderator; `mend`: the row itself, or the case's mend."""
    since = row.opened_at if row.urgent else mends.waits_since(mend, row.opened_at)
    return row.state == OPEN and clock.now() - since > (SOON if row.urgent else LATE)


def found(case_id: int) -> Case | None:
    return session().get(Case, case_id)


def desk(of: Case, who: Any) -> Desk:
    """Return how a moderator stands to a case."""
    held = of.claimed_at is not None and of.claimed_at > clock.now() - HELD
    mine = of.claimed_by_id == who.id
    taken_by = of.claimed_by.name if held and not mine and of.claimed_by else ""
    flagged = exists().where(Flag.case_id == of.id, Flag.member_id == who.id)
    others = exists().where(Member.role.in_(STAFF), Member.id.not_in([who.id, of.author_id or 0]))
    row = session().execute(select(flagged, _wrote(of, who.id), others)).one()
    own = of.author_id is not None and of.author_id == who.id
    own = own or (of.field_note is not None and of.field_note.is_by(who.id))
    stood_by, against, spoke = _mended(of, who)
    return Desk(
        closed=of.state == CLOSED,
        own=own,
        flagged=row[0],
        answered=row[1],
        alone=not row[2],
        taken_by=taken_by,
        mine=held and mine,
        stood_by=stood_by,
        against=against,
        spoke=spoke,
        decided_by=_decided_by(of) if of.state == CLOSED else "",
    )


def _decided_by(of: Case) -> str:
    last = select(Member.name).join(Decision, Decision.by_id == Member.id).where(Decision.case_id == of.id)
    return session().scalar(last.order_by(Decision.id.desc()).limit(1)) or ""


def _mended(of: Case, who: Any) -> tuple[bool, str, bool]:
    """Return whether its author stands by it, the name of another moderator who speaks against it, and whether this one does."""
    mend = of.mend
    if mend is None or mend.answer != STAND_BY:
        return False, "", False
    spoke = mend.against_by_id == who.id
    return True, mend.against_by.name if mend.against_by and not spoke else "", spoke


def _wrote(of: Case, member_id: int) -> Any:
    """Ask whether a member answered what a case is about."""
    if of.reply_id:
        return exists().where(
            Reply.author_id == member_id, or_(Reply.answers_id == of.reply_id, Reply.root_id == of.reply_id)
        )
    if of.field_note_id:
        return exists().where(FieldNote.author_id == member_id, FieldNote.about_id == of.field_note_id)
    return exists().where(Reply.author_id == member_id, Reply.thread_id == (of.thread_id or 0))


def around(of: Reply, who: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return a reply with what it answers and the first answers to it, as pages show them (see stream.columns)."""
    answers = select(Reply.id).where(Reply.answers_id == of.id).order_by(Reply.id).limit(AROUND)
    near = or_(Reply.id.in_([of.id, of.answers_id or 0, of.root_id or 0]), Reply.id.in_(answers))
    return session().execute(stream.rows(who).where(near).order_by(Reply.id)).all()


def notes(case_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    told = select(Note.id, Note.text, Note.at, Member.name).outerjoin(Note.by).where(Note.case_id == case_id)
    return session().execute(told.order_by(Note.id)).all()


def of_author(of: Case) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the other cases of the same author: the open ones, and those of the last twelve months."""
    if of.author_id is None:
        return []
    late = or_(Case.state == OPEN, Case.closed_at > clock.now() - PAST)
    others = _listed().where(Case.author_id == of.author_id, Case.id != of.id, late)
    return session().execute(others.order_by(Case.id.desc()).limit(SIZE)).all()


def records(member_ids: Iterable[int]) -> dict[int, Record]:
    """Return how often what these members flagged was found right."""
    late = and_(Case.state == CLOSED, Case.closed_at > clock.now() - PAST)
    acted = func.sum(case((Case.outcome.in_(RIGHT), 1), else_=0))
    told = select(Flag.member_id, func.count(), acted).join(Flag.case).where(late, Flag.member_id.in_(list(member_ids)))
    return {row[0]: Record(row[1], row[2]) for row in session().execute(told.group_by(Flag.member_id))}

"""Appeals: who may make one, what waits, and who decides."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import STAFF, Member
from forum.core import clock
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.moderation.models import Appeal, Decision, Flag
from forum.moderation.names import BINDING_NOBODY, NOTHING
from forum.moderation.queries import cases, decisions
from forum.moderation.targets import Appealing, Judging

SIZE = 30
WITHIN = timedelta(days=183)  # since the decision
DUE = timedelta(days=14)  # until another moderator has decided


def own(of: Decision, who: Any) -> Appeal | None:
    """Return the appeal of whom a decision binds."""
    mine = select(Appeal).where(Appeal.decision_id == of.id, Appeal.flag_id.is_(None), Appeal.by_id == who.id)
    return session().scalar(mine)


def of_flag(flag_id: int) -> Appeal | None:
    return session().scalar(select(Appeal).where(Appeal.flag_id == flag_id))


def of_flags(flag_ids: Sequence[int]) -> dict[int, Appeal]:
    found = session().scalars(select(Appeal).where(Appeal.flag_id.in_(flag_ids)))
    return {one.flag_id: one for one in found if one.flag_id is not None}


def of_decision(decision_id: int) -> Sequence[Appeal]:
    asked = select(Appeal).where(Appeal.decision_id == decision_id).options(joinedload(Appeal.by))
    return session().scalars(asked.order_by(Appeal.id)).all()


def appealing(of: Decision, who: Any) -> Appealing:
    """Return how whom a decision binds stands to it."""
    binds = bool(who) and of.author_id == who.id and of.kind not in BINDING_NOBODY
    return Appealing(binds, of.undone_at is not None, own(of, who) is not None if binds else False, _late(of))


def _late(of: Decision) -> bool:
    return clock.now() > of.at + WITHIN


def of_reporter(flag: Flag) -> tuple[Decision | None, Appealing]:
    """Return the decision that whoever flagged something may appeal against, and how they stand to it."""
    made = decisions.of_case(flag.case_id)
    last = made[-1] if made else None
    if last is None or last.kind != NOTHING:
        return None, Appealing()
    return last, Appealing(True, last.undone_at is not None, of_flag(flag.id) is not None, _late(last))


def flag_of(flag_id: int, who: Any) -> Flag | None:
    """Return a flag to the member who made it."""
    return session().scalar(select(Flag).where(Flag.id == flag_id, Flag.member_id == who.id))


def judging(of: Appeal, who: Any) -> Judging:
    """Return how a moderator stands to an appeal."""
    desk = cases.desk(of.decision.case, who)
    binds = who.id in {of.by_id, of.decision.author_id}
    first = of.decision.by_id == who.id or _agreed(of.decision, who)
    name = of.decided_by.name or "" if of.decided_by else ""
    return Judging(binds or desk.own, desk.flagged or desk.answered, first, desk.alone, bool(of.outcome), name)


def found(appeal_id: int) -> Appeal | None:
    return session().get(Appeal, appeal_id)


def waiting(place: Place, who: Any, *, decided: bool = False) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of appeals that wait, the oldest first, or of decided ones; none about whoever asks."""
    listed = (
        select(Appeal.id, Appeal.at, Appeal.due_at, Appeal.outcome, Appeal.decided_at, Appeal.flag_id, Decision.kind)
        .join(Appeal.decision)
        .where(or_(Decision.author_id.is_(None), Decision.author_id != who.id))
        .where(Appeal.outcome != "" if decided else Appeal.outcome == "")
    )
    rows = session().execute(window(listed, Appeal.id, place, SIZE, newest_first=decided)).all()
    return page(rows, SIZE, place, lambda row: row.id)


def count_waiting() -> tuple[int, bool]:
    """Return how many wait, and whether one of them waits too long."""
    row = session().execute(select(func.count(), func.min(Appeal.due_at)).where(Appeal.outcome == "")).one()
    return row[0], row[1] is not None and clock.now() > row[1]


def waiting_against(decision_id: int) -> Sequence[Appeal]:
    return session().scalars(select(Appeal).where(Appeal.decision_id == decision_id, Appeal.outcome == "")).all()


def waits_too_long(row: Any) -> bool:
    return not row.outcome and clock.now() > row.due_at


def alone(of: Decision) -> bool:
    """Return whether only whoever decided could look at an appeal again."""
    return not _others(of)


def _agreed(of: Decision, who: Any) -> bool:
    """Return whether it takes someone else: they held with whoever decided that it cannot stay, and a third can look at it."""
    mend = of.case.mend
    return bool(mend and mend.against_by_id == who.id and _others(of, who.id))


def _others(of: Decision, *besides: int) -> bool:
    parties = [of.by_id or 0, of.author_id or 0, *besides]
    others = select(Member.id).where(Member.role.in_(STAFF), Member.id.not_in(parties))
    return session().scalar(others.limit(1)) is not None

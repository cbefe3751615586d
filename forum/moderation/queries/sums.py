"""What is counted of a month, from the rows that are there when it is over; and what was counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from forum.core import clock
from forum.core.db import session
from forum.moderation.measures import APPEALED, HOURS, LABELS, MEMBER, MENDED, OWN, REVERSED, TIMED, VISITOR
from forum.moderation.models import Appeal, Decision, Flag, Mend, MonthlySum
from forum.moderation.months import Month, since
from forum.moderation.names import ADD, REWORD
from forum.moderation.names import OWN as ON_OWN
from forum.moderation.names import REVERSED as WAS_REVERSED

HOUR = timedelta(hours=1)


def missing() -> list[Month]:
    """Return the months that are over and not summed up yet."""
    running = Month.of(clock.now())
    last = Month.read(session().scalar(select(func.max(MonthlySum.month))) or "")
    if last is None:
        first = _first()
        return [month for month in since(first, clock.now()) if month < running] if first else []
    return [month for month in since(last.begin, clock.now()) if last < month < running]


def _first() -> datetime | None:
    """Return when something was flagged or decided first."""
    found = (session().scalar(select(func.min(column))) for column in (Flag.at, Decision.at))
    return min((moment for moment in found if moment), default=None)


def count(month: Month) -> dict[str, int]:
    """Return the sums of a month, by the names that measures.py gives them."""
    counted: Counter[str] = Counter()
    for flag in session().execute(select(Flag.reason, Flag.by_visitor).where(_in(month, Flag.at))):
        counted[f"notices_by_reason.{flag.reason}"] += 1
        counted[f"notices_by_source.{VISITOR if flag.by_visitor else MEMBER}"] += 1
    waited = []
    for made in session().execute(_decided(month)):
        finder = OWN if made.found == ON_OWN else VISITOR if made.by_visitor else MEMBER
        counted[f"decisions_by_kind.{made.kind}"] += 1
        counted[f"decisions_by_finder.{finder}"] += 1
        if finder != OWN and made.id == made.first_id:
            waited.append((made.at - made.flagged_at) / HOUR)
    single = {
        MENDED: _in(month, Mend.answered_at) & Mend.answer.in_((REWORD, ADD)),
        APPEALED: _in(month, Appeal.at),
        REVERSED: _in(month, Appeal.decided_at) & (Appeal.outcome == WAS_REVERSED),
    }
    sums = {f"{group}.{key}": counted[f"{group}.{key}"] for group, labels in LABELS.items() for key in labels}
    hours = round(median(waited)) if waited else 0
    singles = {key: session().scalar(select(func.count()).where(which)) or 0 for key, which in single.items()}
    return sums | singles | {TIMED: len(waited), HOURS: hours}


def _decided(month: Month) -> Select[tuple[int, str, str, datetime, bool, datetime, int]]:
    """Return a select of the decisions of a month, with the first flag of each case and the number of its first decision."""
    flagged, earlier = aliased(Flag), aliased(Decision)
    first_flag = select(func.min(flagged.id)).where(flagged.case_id == Decision.case_id).scalar_subquery()
    first = select(func.min(earlier.id)).where(earlier.case_id == Decision.case_id).scalar_subquery()
    columns = (Decision.id, Decision.kind, Decision.found, Decision.at, Flag.by_visitor)
    asked = select(*columns, Flag.at.label("flagged_at"), first.label("first_id"))
    return asked.outerjoin(Flag, Flag.id == first_flag).where(_in(month, Decision.at))


def _in(
    month: Month, column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
) -> ColumnElement[bool]:
    return and_(column >= month.begin, column < month.end)


def summed() -> list[Month]:
    """Return the months that are summed up, newest first."""
    found = session().scalars(select(MonthlySum.month).distinct().order_by(MonthlySum.month.desc()))
    return [month for text in found if (month := Month.read(text))]


def of(month: Month) -> dict[str, int]:
    kept = select(MonthlySum.measure, MonthlySum.number).where(MonthlySum.month == str(month))
    return {row.measure: row.number for row in session().execute(kept)}


def of_all() -> Iterator[tuple[str, dict[str, int]]]:
    """Yield all months with their sums, newest first."""
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for row in session().execute(select(MonthlySum.month, MonthlySum.measure, MonthlySum.number)):
        sums[row.month][row.measure] = row.number
    yield from sorted(sums.items(), reverse=True)

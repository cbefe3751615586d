"""What is counted of a month, how it is called, and what of it is shown.

A sum is known by its group and its measure, such as `notices_by_reason.wounds`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from forum.moderation.few import FEW, KEPT_BACK, Shown, alone, shown
from forum.moderation.names import SHORT

Words = Any  # a sentence that is translated when it is shown
Report = dict[str, dict[str, Shown]]
"""What is shown of a month, by group and measure."""

MEMBER, VISITOR, OWN, TOTAL = "member", "visitor", "own", "total"
LABELS: dict[str, dict[str, Words]] = {
    "notices_by_reason": SHORT,
    "notices_by_source": {MEMBER: _l("members"), VISITOR: _l("visitors")},
    "decisions_by_kind": {
        "nothing": _l("nothing was wrong"),
        "ask": _l("its author asked to mend it"),
        "note": _l("a note put beside it"),
        "fold": _l("folded"),
        "hide": _l("hidden"),
        "remove": _l("removed"),
        "lock": _l("thread locked"),
        "pause": _l("member paused"),
        "ban": _l("member banned"),
    },
    "decisions_by_finder": {
        MEMBER: _l("flag of a member"),
        VISITOR: _l("report of a visitor"),
        OWN: _l("a moderator's own initiative"),
    },
}
MENDED, TIMED, HOURS = "cases.mended", "cases.timed", "time.median_hours"
APPEALED, REVERSED = "appeals.made", "appeals.reversed"
# The two breakdowns of each total, the more telling one first (see few.py).
TOTALS = {
    "notices": ("notices_by_reason", "notices_by_source"),
    "decisions": ("decisions_by_kind", "decisions_by_finder"),
}


# Of the table for a spreadsheet.
COLUMNS: dict[str, Words] = {
    "month": _l("year and month, in the time zone of this forum"),
    "group": _l(
        "what is counted: notices_by_reason, notices_by_source, notices, decisions_by_kind, decisions_by_finder, decisions, "
        "cases, time, appeals"
    ),
    "measure": _l("which of the group, such as a reason; the sum of a group is called total, the time median_hours"),
    "value": _l(
        "a whole number; <%(few)s for one below %(few)s; “not shown” for one that would give such a one away", few=FEW
    ),
}


def report(sums: Mapping[str, int]) -> Report:
    """Return what is shown of the sums of a month. What was not counted then is left out."""
    said: Report = {}
    for total, (first, second) in TOTALS.items():
        one, other = _group(sums, first), _group(sums, second)
        told = shown(one, other, {TOTAL: sum(one.values())})
        said |= zip((first, second, total), told, strict=True)
    said["cases"] = {"mended": alone(sums[MENDED])}
    said["time"] = {"median_hours": _hours(sums, said["decisions_by_finder"])}
    said["appeals"] = {key.partition(".")[2]: alone(sums[key]) for key in (APPEALED, REVERSED) if key in sums}
    return said


def at_least(said: Report, total: str) -> int:
    """Return what can be added up of a total that is not shown."""
    return max(sum(cell.number or 0 for cell in said[group].values()) for group in TOTALS[total])


def _group(sums: Mapping[str, int], group: str) -> dict[str, int]:
    return {key: sums[f"{group}.{key}"] for key in LABELS[group] if f"{group}.{key}" in sums}


def _hours(sums: Mapping[str, int], finders: Mapping[str, Shown]) -> Shown:
    """Return the median time. A median of few is nearly one of them; and it must not tell that two small numbers make a larger one."""
    several = any(not finders[finder].small for finder in (MEMBER, VISITOR))
    return Shown(sums[HOURS]) if sums[TIMED] >= FEW and several else KEPT_BACK


def table(reports: Iterable[tuple[str, Report]]) -> list[tuple[str, ...]]:
    """Return the names of the columns, then a row for each month and measure."""
    rows = [tuple(COLUMNS)]
    for month, said in reports:
        rows += [(month, group, key, plain(cell)) for group, cells in said.items() for key, cell in cells.items()]
    return rows


def plain(cell: Shown) -> str:
    return str(cell.number) if cell.number is not None else f"<{FEW}" if cell.small else "not shown"

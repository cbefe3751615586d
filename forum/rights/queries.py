from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import holdings
from forum.core.db import session
from forum.core.holdings import GOES, NOBODY, STAYS, Holding, Words
from forum.rights.models import Departure

# What is told of a member's leaving, in this order.
FATES = {
    NOBODY: _l("You choose"),
    GOES: _l("What goes in any case"),
    STAYS: _l("What stays in any case, without your name"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept in one holding, and how much of it is the reader's; None where that cannot be counted."""

    holding: Holding
    count: int | None


def parting(member: Member) -> Iterator[tuple[Words, list[Part]]]:
    """Yield what goes and what stays when a member leaves, as every feature declares it; what one has nothing of is left out."""
    counts = holdings.count(member.id)
    every = [one for _title, group in holdings.grouped() for one in group]
    for fate, title in FATES.items():
        parts = [Part(one, counts.get(one.key)) for one in every if one.fate == fate]
        yield title, [part for part in parts if part.count != 0]


def departure(key: str) -> Departure | None:
    return session().scalar(select(Departure).where(Departure.key == key))


def texts(member_id: int) -> int:
    """Return how many replies and threads are still of a member."""
    return sum(session().scalar(select(func.count()).where(column == member_id)) or 0 for column in _texts())


def _texts() -> list[Any]:
    return [
        holdings.column(name)
        for holding in holdings.HOLDINGS.values()
        for name, fate in holding.people.items()
        if fate == NOBODY
    ]

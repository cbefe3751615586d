"""What the forum keeps of people. Each feature says it in its own `holdings.py`: what, why, for how long, and how it goes.

`/privacy` is written from this, `forum keep` and the server remove by it, and a test refuses a table that nobody has declared
here: so what is said and what is done cannot differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVarTuple

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Column, Row, Select, func, select

from forum.core import clock
from forum.core.background import background
from forum.core.db import Site, db, session

Words = Any  # a sentence that is translated when it is shown
Purge = Callable[[datetime], int]
"""Removes what is older than a moment, and returns how much it was."""
Telling = Callable[[int], Iterator[Mapping[str, Any]]]
"""Yields what is kept of a member (id), record by record: texts, numbers, moments, or lists of them, by the keys of `fields`."""
Step = Callable[["Leaver"], bool]
"""Does a part of what is to be done when a member leaves, inside a transaction; returns whether there may be more of it.

It is asked again until there is not, and after a break from the beginning: what is done already is not done twice.
"""

Columns = TypeVarTuple("Columns")
BATCH = 500
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
GROUPS: Mapping[str, Words] = {
    "account": _l("Your account"),
    "writing": _l("What you write"),
    "reading": _l("What you read"),
    "safety": _l("Against break-ins and floods"),
    "house": _l("What those who keep this place do"),
}

# What becomes of a column that points to a member, when that member deletes the account.
GOES = "goes"  # the row with it
EMPTIED = "emptied"  # points to nobody
NOBODY = "nobody"  # points to what stands for all who left
STAYS = "stays"  # is a number that leads to an empty row


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who deletes the account: by then their row is empty. `name_key` is what their name was known by (see core/text.py).

    `takes` says whether their texts go along, or stay without the name.
    """

    id: int
    name_key: str
    takes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Something that is kept of people; `key` names it in a download.

    A download has what `told` yields, whose keys `fields` names for people; or it stands `within` what another holding tells.
    `until` says how long, with `lasts` in the place of %(time)s; `purge` removes what is older, once a day, or where it is
    `prompt` as soon as the server looks.

    `leaving` says what becomes of it when a member deletes the account, `people` the same for each column that points to a member
    (by its name in the database), and `also` which columns are emptied in the same rows as that one. The forum does what is said
    there by itself; what cannot be said so `steps` do, before. Where no column points to a member, `otherwise` says it.
    """

    key: str
    group: str
    title: Words
    what: Words
    why: Words
    until: Words
    leaving: Words
    tables: tuple[type[Any], ...]
    people: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    otherwise: str = GOES
    fields: Mapping[str, Words] = field(default_factory=dict)
    told: Telling | None = None
    within: str = ""
    lasts: timedelta | None = None
    purge: Purge | None = None
    prompt: bool = False

    @property
    def how_long(self) -> str:
        return str(self.until) % {"time": spoken(self.lasts) if self.lasts else ""}

    @property
    def fate(self) -> str:
        """Return which way it goes: GOES, STAYS, or NOBODY where who leaves may choose."""
        fates = {*self.people.values()} or {self.otherwise}
        return NOBODY if NOBODY in fates else GOES if fates == {GOES} else STAYS


HOLDINGS: dict[str, Holding] = {}
IMPERSONAL: set[str] = set()


def hold(holding: Holding) -> Holding:
    """Declare what is kept; two of one key are an error."""
    if holding.key in HOLDINGS:
        raise ValueError(f"Two holdings are called {holding.key!r}.")
    HOLDINGS[holding.key] = holding
    return holding


def of_nobody(*tables: type[Any]) -> None:
    """Declare tables that hold nothing of any person."""
    IMPERSONAL.update(table.__tablename__ for table in tables)


of_nobody(Site)


def spoken(time: timedelta) -> str:
    """Return a length of time in words: in hours up to a day, in years where it is whole ones, else in days."""
    if time <= DAY:
        return ngettext("%(num)s hour", "%(num)s hours", time // timedelta(hours=1))
    if time % YEAR == timedelta():
        return ngettext("%(num)s year", "%(num)s years", time // YEAR)
    return ngettext("%(num)s day", "%(num)s days", time.days)


def grouped() -> Iterator[tuple[Words, list[Holding]]]:
    """Yield what is kept in groups, with their titles, in the order in which people are told of it."""
    for key, title in GROUPS.items():
        yield title, [holding for holding in HOLDINGS.values() if holding.group == key]


def rows(asked: Select[*Columns], key: Any) -> Iterator[Row[*Columns]]:
    """Yield what a select finds, batch by batch as a key of one column rises; join nothing that makes two rows of one."""
    reached = -1
    while (
        found := session()
        .execute(asked.add_columns(key.label("reached")).where(key > reached).order_by(key).limit(BATCH))
        .all()
    ):
        yield from found
        reached = found[-1].reached


def count(member_id: int) -> dict[str, int]:
    """Return of how many rows each holding says that they are of a member; one statement. Some cannot be told by a column."""
    of = {key: holding.people for key, holding in HOLDINGS.items() if holding.people}
    counted = (_counted(people, member_id).label(key) for key, people in of.items())
    return dict(session().execute(select(*counted)).one()._mapping)  # noqa: SLF001 (its public name)


def _counted(people: Mapping[str, str], member_id: int) -> Any:
    columns = list(map(column, people))
    its = [select(func.count()).where(one.table.c[one.key] == member_id).scalar_subquery() for one in columns]
    return sum(its[1:], its[0])


def column(name: str) -> Column[Any]:
    """Return a column by its name in the database, as `people` has it."""
    table, _dot, key = name.partition(".")
    return db.metadata.tables[table].c[key]


def keep(*, prompt_only: bool = False) -> Iterator[tuple[Holding, int]]:
    """Remove what is not kept any longer; yield how much of each. Several processes may do it at once."""
    for holding in list(HOLDINGS.values()):
        if holding.purge and holding.lasts and (holding.prompt or not prompt_only):
            yield holding, holding.purge(clock.now() - holding.lasts)


@background
def keep_daily() -> None:
    """In each process everything is looked at when it starts and once a day, and what is prompt each time."""
    app: Flask = current_app
    last: datetime | None = app.extensions.get("kept_at")
    at = clock.now()
    due = last is None or not last <= at < last + DAY  # a clock that was set back looks, too
    for _done in keep(prompt_only=not due):
        pass
    if due:
        app.extensions["kept_at"] = at

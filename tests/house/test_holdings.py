"""No table without a word on what it keeps of people, for how long, and how it goes."""

from importlib import import_module

import pytest

from forum import FEATURES
from forum.core.db import db
from forum.core.holdings import EMPTIED, GOES, GROUPS, HOLDINGS, IMPERSONAL, NOBODY, STAYS
from tests.house.tree import TOP

for feature in FEATURES:
    if (TOP / "forum" / feature / "holdings.py").is_file():
        import_module(f"forum.{feature}.holdings")
TABLES = sorted(db.metadata.tables)
DECLARED = {table.__tablename__ for holding in HOLDINGS.values() for table in holding.tables}
PEOPLE = {column: fate for holding in HOLDINGS.values() for column, fate in holding.people.items()}


def pointers(name: str) -> list[str]:
    columns = db.metadata.tables[name].columns
    return [str(column) for column in columns if any(key.column.table.name == "members" for key in column.foreign_keys)]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_declared(name):
    assert (name in DECLARED) != (name in IMPERSONAL), f"{name}: declare it in its feature's holdings.py"
    assert not (pointers(name) and name in IMPERSONAL), f"{name} points to members"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_that_points_to_a_member_says_what_becomes_of_it(name):
    for column in pointers(name):
        assert PEOPLE.get(column) in {GOES, EMPTIED, NOBODY, STAYS}, f"{column}: say it in `people`"


def test_nothing_is_declared_that_is_not_there():
    assert set(PEOPLE) == {column for name in TABLES for column in pointers(name)}
    assert set(TABLES) == DECLARED | IMPERSONAL


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=HOLDINGS)
def test_everything_that_is_kept_says_what_why_how_long_and_how_it_goes(holding):
    assert all(map(str, (holding.title, holding.what, holding.why, holding.leaving, holding.until)))
    assert holding.group in GROUPS
    assert bool(holding.told) == bool(holding.fields)
    assert holding.told or HOLDINGS[holding.within].told, f"{holding.key}: say how it is told in a download"
    assert (holding.purge is None) == (holding.lasts is None)

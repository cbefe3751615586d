"""The rows that a test finds: written once the way the forum writes them, and put back as they were before each further test."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, insert, select, text

from forum.core.db import Site, db, session
from forum.essays.actions import publish
from tests import make
from tests.cast import assemble

Rows = list[tuple[Any, list[dict[str, Any]]]]


def _tables() -> list[Any]:
    """Return the tables, each after those that it refers to."""
    return db.metadata.sorted_tables


def empty() -> None:
    """Delete every row there is."""
    session().rollback()
    deletes = [f"DELETE FROM {table.name}" for table in reversed(_tables())]
    if db.engine.dialect.name == "postgresql":
        guard = "ALTER TABLE log_entries {} TRIGGER USER".format
        deletes = ["; ".join([guard("DISABLE"), *deletes, guard("ENABLE")])]  # in one message to the server
    elif session().scalar(text("SELECT 1 FROM log_entries")):
        deletes = unguarded(deletes)
    for delete in deletes:
        session().execute(text(delete))
    session().commit()
    db.session.remove()


def unguarded(deletes: list[str]) -> list[str]:
    """Let the log be emptied on SQLite: without the triggers that keep it, which are made anew afterwards."""
    named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log_entries'")
    guards = session().execute(named).all()
    return [*(f"DROP TRIGGER {name}" for name, _sql in guards), *deletes, *(sql for _name, sql in guards)]


class Kept:
    """The rows that something wrote, for each database that it was written to.

    A sequence of PostgreSQL has gone past the ids that are put back, and SQLite counts on from the highest.
    """

    def __init__(self, write: Callable[[], object]) -> None:
        self._write = write
        self._kept: dict[Engine, Rows] = {}

    def stand(self) -> None:
        """Put the rows there: by writing them the first time, and as they were from then on."""
        if db.engine in self._kept:
            for table, values in self._kept[db.engine]:
                session().execute(insert(table), values)
            session().commit()
        else:
            before = _all()
            self._write()
            new = ((table, [row for row in rows if row not in before[table]]) for table, rows in _all().items())
            self._kept[db.engine] = [(table, rows) for table, rows in new if rows]

    def forget(self) -> None:
        """Write them anew the next time: the tables were made anew, and their sequences begin at 1."""
        self._kept.pop(db.engine, None)


def _all() -> dict[Any, list[dict[str, Any]]]:
    return {table: [dict(row) for row in session().execute(select(table)).mappings()] for table in _tables()}


def _begin() -> None:
    session().add(Site(id=1, name="The Forum of the Tests", pulse=0))
    session().commit()
    publish(make.ESSAY, by=None)


BEGINNING, CAST = Kept(_begin), Kept(assemble)

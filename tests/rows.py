"""The rows that a test finds: written once the way the forum writes them, and put back as they were before each further test."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, text

from forum.core.db import Site, db, session
from forum.essays.actions import publish
from tests import make
from tests.cast import assemble


def _tables() -> list[Any]:
    """Return the tables, each after those that it refers to."""
    return db.metadata.sorted_tables


def empty() -> None:
    """Delete every row there is."""
    session().rollback()
    deletes = [f"DELETE FROM {table.name}" for table in reversed(_tables())]
    if db.engine.dialect.name == "postgresql":
        # To alter a table costs more than all else, and the log is seldom written.
        guard, each = "ALTER TABLE log_entries {} TRIGGER USER", "; ".join(deletes)
        guarded = f"{guard.format('DISABLE')}; {each}; {guard.format('ENABLE')}"
        deletes = [f"DO $$ BEGIN IF EXISTS (SELECT FROM log_entries) THEN {guarded}; ELSE {each}; END IF; END $$"]
    elif session().scalar(text("SELECT 1 FROM log_entries")):
        deletes = unguarded(deletes)
    _run(deletes)
    db.session.remove()


def unguarded(deletes: list[str]) -> list[str]:
    """Let the log be emptied on SQLite: without the triggers that keep it, which are made anew afterwards."""
    named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log_entries'")
    guards = session().execute(named).all()
    return [*(f"DROP TRIGGER {name}" for name, _sql in guards), *deletes, *(sql for _name, sql in guards)]


def _run(statements: list[str]) -> None:
    """Run statements without parameters in one message to the database and one transaction."""
    script = "; ".join(statements)
    session().rollback()
    connection = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "postgresql":
            connection.cursor().execute(script)
            connection.commit()
        else:
            connection.driver_connection.executescript(f"BEGIN; {script}; COMMIT")
    finally:
        connection.close()


class Kept:
    """The rows that something wrote, as the statements that write them again, for each database that it was written to.

    A sequence of PostgreSQL has gone past the ids that are put back, and SQLite counts on from the highest.
    """

    def __init__(self, write: Callable[[], object]) -> None:
        self._write = write
        self._kept: dict[Engine, list[str]] = {}

    def stand(self) -> None:
        """Put the rows there: by writing them the first time, and as they were from then on."""
        if db.engine in self._kept:
            _run(self._kept[db.engine])
        else:
            before = _all()
            self._write()
            new = ((into, [row for row in rows if row not in before[into]]) for into, rows in _all().items())
            self._kept[db.engine] = [f"{into} VALUES {', '.join(rows)}" for into, rows in new if rows]

    def forget(self) -> None:
        """Write them anew the next time: the tables were made anew, and their sequences begin at 1."""
        self._kept.pop(db.engine, None)


def _all() -> dict[str, list[str]]:
    """Return every row as the database itself writes its values, by the beginning of the statement that inserts it."""
    quoted = "quote_nullable({})" if db.engine.dialect.name == "postgresql" else "quote({})"
    rows = {}
    for table in _tables():
        names = [f'"{column.name}"' for column in table.columns]
        values = " || ', ' || ".join(map(quoted.format, names))
        asked = text(f"SELECT '(' || {values} || ')' FROM {table.name}")
        rows[f"INSERT INTO {table.name} ({', '.join(names)})"] = list(session().scalars(asked))
    return rows


def _begin() -> None:
    session().add(Site(id=1, name="The Forum of the Tests", pulse=0))
    session().commit()
    publish(make.ESSAY, by=None)


BEGINNING, CAST = Kept(_begin), Kept(assemble)

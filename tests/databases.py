"""The databases that the suite runs on: SQLite always, PostgreSQL where one answers."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

CANDIDATES = ("postgresql+psycopg:///postgres", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


def _answers(url: str) -> bool:
    try:
        with create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 2}).connect():
            return True
    except OperationalError:
        return False


def find_postgresql() -> str | None:
    """Return the address of a PostgreSQL server on which databases may be made, or None."""
    given = os.environ.get("FORUM_TEST_DATABASE_URL")
    urls = [given.replace("postgresql://", "postgresql+psycopg://", 1)] if given else CANDIDATES
    return next((url for url in urls if _answers(url)), None)


POSTGRESQL = find_postgresql()
BACKENDS = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]


@contextmanager
def postgresql_database() -> Iterator[str]:
    """Make a database of our own, and drop it afterwards; its address is what FORUM_DATABASE_URL takes."""
    assert POSTGRESQL
    name = f"forum_test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
        # No test asks what survives a power cut.
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    try:
        yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

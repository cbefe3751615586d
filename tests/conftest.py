"""One application per database for the whole run; each test finds a small essay, the cast, and nothing else."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import Context
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event

os.environ["FORUM_INSTANCE"] = tempfile.mkdtemp(prefix="forum-test-")
for name in [
    n for n in os.environ if n.startswith("FORUM_") and n not in {"FORUM_INSTANCE", "FORUM_TEST_DATABASE_URL"}
]:
    del os.environ[name]

from forum import create_app
from forum.accounts.actions.entering import open_session
from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.db import session as rows
from forum.core.store import forget_pages
from forum.migrating import migrations
from forum.threads.models import Thread
from tests import make
from tests.browsers import CHROMIUM
from tests.cast import CHEAP, Cast, assembled
from tests.databases import BACKENDS, POSTGRESQL, postgresql_database
from tests.rows import BEGINNING, CAST, empty

# No test asks how long it took on a busy machine, nor what another run found.
settings.register_profile("unhurried", deadline=None, database=None)
settings.load_profile("unhurried")


class Browser(FlaskClient):
    """A browser: its requests know nothing of the context that the test stands in, nor who asked before."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            rows().rollback()  # the test looks at the rows anew afterwards; what it wrote, it committed
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session", params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('db') / 'forum.db'}"
    else:
        with postgresql_database() as url:
            yield url


@pytest.fixture(scope="session")
def forum(database: str) -> Iterator[Flask]:
    """The application on one database, migrated the way a host migrates; no rows."""
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": database,
            "TESTING": True,
            "NEWCOMERS": "open",
            "PROPAGATE_FAULTS": True,
            "WTF_CSRF_ENABLED": False,
            "PASSWORD_COST": CHEAP,
            "SQLITE_SYNCHRONOUS": "OFF",
        }
    )
    app.test_client_class = Browser
    with app.app_context():
        command.upgrade(migrations(), "head")
        empty()  # a migration leaves word of what is to be gathered
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(forum: Flask) -> Iterator[Flask]:
    """The application with an essay in it, inside a context; emptied afterwards."""
    with forum.app_context():
        BEGINNING.stand()
        forget_pages(forum)  # the pulse begins anew; pages kept at its old numbers would seem to hold
        yield forum
        empty()


@pytest.fixture
def cast(app: Flask) -> Cast:
    CAST.stand()
    return assembled()


@pytest.fixture
def thread(app: Flask) -> Thread:
    return make.essay_thread()


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser_of(app: Flask) -> Callable[[Member], FlaskClient]:
    """Return a function that gives a member a browser in which they are logged in."""

    def opened(member: Member) -> FlaskClient:
        with transaction(public=False):
            token = open_session(member, remember=False, device="a test").token
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    return opened


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stop the forum's clock, and return a function that sets it: `later(hours=24)` after the test began."""
    began = clock.now()

    def later(**passed: float) -> None:
        at = began + timedelta(**passed)
        monkeypatch.setattr(clock, "now", lambda: at)

    later()
    return later


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Return a context manager that collects the SQL statements that run inside it."""

    @contextmanager
    def collected() -> Iterator[list[str]]:
        found: list[str] = []

        def heard(_connection, _cursor, statement, _parameters, _context, _many):
            if not statement.startswith(("BEGIN", "PRAGMA")):
                found.append(statement)

        event.listen(db.engine, "before_cursor_execute", heard)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", heard)

    return collected


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave those that ask nothing of a database that others do not ask of both to the first."""
    twice = [item for item in items if _is_for_one(item) and _database(item) in BACKENDS[1:]]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in set(twice)]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what was imported: that costs a seventh of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _is_for_one(item: pytest.Item) -> bool:
    """Read the nearest of the two marks: that of a test comes before that of its file."""
    nearest = (mark.name for mark in item.iter_markers() if mark.name in {"one_database", "every_database"})
    return next(nearest, "") == "one_database"


def _database(item: pytest.Item) -> Any:
    return (
        item.callspec.params.get("database")
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else None
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = []
    if not POSTGRESQL:
        left_out.append("PostgreSQL (start one, or name one in FORUM_TEST_DATABASE_URL)")
    if not CHROMIUM:
        left_out.append("the browser (install Debian's chromium, or name one in FORUM_TEST_CHROMIUM)")
    line = f"Left out: {'; '.join(left_out)}." if left_out else "Nothing was left out."
    terminalreporter.write_line(line)

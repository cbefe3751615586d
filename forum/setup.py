"""Making a forum ready to be served: folder, key, tables, the first essay. Done again, it changes nothing."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from importlib import import_module
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import func, inspect, select, text

from forum.accounts.actions.tickets import admin_ticket
from forum.core.db import Site, db, session
from forum.essays import queries as essays
from forum.essays.actions import publish
from forum.essays.files import read_file, seed_file
from forum.rules import actions as rules
from forum.threads.models import Thread


def prepare(app: Flask) -> None:
    """Migrate and seed. Two processes doing this at once wait for each other: a new SQLite file bears one maker only."""
    with app.app_context(), _alone(app.config["INSTANCE"]):
        if _revision() != _newest():
            # Loaded only now: each server process would carry it along.
            import_module("forum.migrating").upgrade()
        _seed()


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    with (instance / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _revision() -> str | None:
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newest() -> str:
    """Return the revision of the newest migration, by which its file is named."""
    files = Path(current_app.config["MIGRATIONS"], "versions").glob("[0-9]*_*.py")
    return max(file.stem.partition("_")[0] for file in files)


def _seed() -> None:
    rows = session()
    if rows.get(Site, 1) is None:
        rows.add(Site(id=1, name="", pulse=0))
        rows.commit()
    rules.begin()
    if essays.everything():
        return
    seed = read_file(seed_file())
    publish(seed, by=None)
    rows.get_one(Site, 1).name = seed.title
    rows.commit()


def admin_path() -> str | None:
    """Return the path of a fresh one-time link for the first admin, or None if the forum has one."""
    token = admin_ticket()
    return f"/welcome/{token}" if token else None


def warm(app: Flask) -> None:
    """Answer pages of several kinds once, before the server forks: what they load and compile is then shared by its processes.

    Leaves no connection to the database open: it must not be shared by two processes.
    """
    with app.app_context():
        essay = f"/threads/{session().scalar(select(func.min(Thread.id)))}"
    reader = app.test_client(use_cookies=False)
    for path in ("/", essay, "/threads", "/themes", "/search?q=a", "/login"):
        Context().run(reader.get, path, base_url=app.config["ADDRESS"], follow_redirects=True)
    with app.app_context():
        db.engine.dispose()

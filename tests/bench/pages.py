"""The pages that are measured, and the forum that they are pages of."""

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import event, select

from forum import create_app
from forum.accounts.actions.entering import open_session
from forum.accounts.models import Member
from forum.core.db import db, session, transaction
from forum.search.actions import gather, gather_anew
from forum.setup import prepare
from forum.threads.models import Thread
from tests.bench.data import fill


@dataclass(frozen=True, slots=True)
class Measured:
    per_second: float
    cpu_ms: float


@dataclass(slots=True)
class Page:
    """A page to measure: `limit` "A" or "B", and the least share of it (0: measured only)."""

    name: str
    path: str
    limit: str
    bound: float
    cookie: str = ""
    statements: int = 0

    @property
    def file(self) -> str:
        return self.name.replace(" ", "-")


@dataclass(slots=True)
class Bench:
    environment: dict[str, str]
    kept: Path
    pages: list[Page]
    compared: list[tuple[str, str]]
    fifty: int


def build(folder: Path, *, large: bool) -> Bench:
    environment = {"FORUM_INSTANCE": str(folder / "instance")}
    os.environ.update(environment)
    kept = folder / "pages"
    kept.mkdir()
    app = create_app()
    prepare(app)
    with app.app_context():
        ids = fill(large=large)
        gather_anew()
        deque(gather(), maxlen=0)
        pages = _pages(ids, _cookie(app), large=large)
        for page in pages:
            page.statements = _statements(app, page)
    environment |= {"BENCH_PAGES": str(kept), "BENCH_DATABASE": str(folder / "instance" / "forum.db")}
    compared = [("member long first", "member long last")]
    if large:
        compared.append(("member longest first", "member longest last"))
    return Bench(environment, kept, pages, compared, ids["fifty"])


def _pages(ids: dict[str, int], cookie: str, *, large: bool) -> list[Page]:
    path = {name: _address(id_) for name, id_ in ids.items()}
    pages = [
        Page("visitor thread of 50", path["fifty"], "A", 0.6),
        Page("visitor essay", path["essay"], "A", 0.6),
        Page("visitor rail", f"{path['essay']}?theme=mistrust", "A", 0.5),
        Page("visitor home", "/", "A", 0.5),
        Page("visitor theme", "/themes/mistrust", "A", 0.5),
        Page("visitor threads", "/threads", "A", 0.5),
        Page("visitor search", "/search?q=listening+trust", "A", 0.2),
        Page("member thread of 50", path["fifty"], "B", 0.5, cookie),
        Page("member essay", path["essay"], "B", 0, cookie),
        Page("member rail", f"{path['essay']}?theme=mistrust", "B", 0.5, cookie),
        Page("member home", "/", "B", 0, cookie),
        Page("member long first", path["long"], "B", 0.5, cookie),
        Page("member long last", f"{path['long']}?order=written&before=end", "B", 0.5, cookie),
    ]
    if large:
        pages.append(Page("member longest first", path["longest"], "B", 0.5, cookie))
        pages.append(Page("member longest last", f"{path['longest']}?order=written&before=end", "B", 0.5, cookie))
    return pages


def _address(thread_id: int) -> str:
    thread = session().get_one(Thread, thread_id)
    return f"/threads/{thread.id}-{thread.slug}"


def _cookie(app: Flask) -> str:
    with transaction(public=False):
        member = session().scalars(select(Member).limit(1)).one()
        token = open_session(member, remember=True, device="bench").token
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name = app.config["SESSION_COOKIE_NAME"]
    return f"{name}={serializer.dumps({'_user_id': token, '_fresh': True, 'csrf_token': 'bench'})}"


def _statements(app: Flask, page: Page) -> int:
    """Return how many SQL statements a page takes when nothing of it is kept."""
    found: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", heard)
    app.test_client(use_cookies=False).get(page.path, headers={"Cookie": page.cookie} if page.cookie else {})
    event.remove(db.engine, "before_cursor_execute", heard)
    return len(found)

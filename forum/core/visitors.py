"""Pages for visitors, rendered once for all.

A reader without a session sees the same page as every other in their language. Each request reads the pulse (one indexed row) and
serves the kept page while it stands, without entering the application; a browser that has it already is told so.
"""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.sansio.http import parse_cookie

from forum.core import i18n
from forum.core.db import Site, db
from forum.core.store import Store, store_of

MOST_BYTES = 3_000_000
LARGEST = 400_000
Environ = dict[str, Any]
Start = Callable[..., Any]


@dataclass(slots=True)
class Answer:
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    zipped: bytes = field(default=b"")

    def compressed(self) -> bytes:
        if not self.zipped:
            self.zipped = gzip.compress(self.body, 6, mtime=0)
        return self.zipped


class Visitors:
    """WSGI middleware around `app`; it looks only at GET and HEAD requests that carry no session."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.inner = app.wsgi_app
        self.cookie = app.config["SESSION_COOKIE_NAME"]
        self.store: Store[Answer] = store_of(app, "visitors", MOST_BYTES)
        with app.app_context():
            self.engine = db.engine
        self.statement = select(Site.name, Site.pulse, Site.safety).where(Site.id == 1)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        cookies = environ.get("HTTP_COOKIE", "")
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or self.cookie in cookies or path.startswith("/static/"):
            return self.inner(environ, start)
        try:
            with self.engine.connect() as connection:
                site = connection.execute(self.statement).one()
        except SQLAlchemyError:
            return self.inner(environ, start)  # the application says in words what is wrong
        environ["forum.site"] = site
        key = (path, environ.get("QUERY_STRING", ""), self._locale(cookies, environ))
        answer = self.store.get(key, site.pulse)
        if answer is None:
            response = _collect(self.inner, environ)
            if not _keepable(response):
                start(response.status, response.headers)
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]
            answer = _kept(response)
            self.store.put(key, site.pulse, answer, len(answer.body) * 4 // 3)  # a third for its compressed form
        return _answer(answer, environ, start)

    def _locale(self, cookies: str, environ: Environ) -> str:
        # Read by the parser that the application reads it by: else one reader's page is kept as another's.
        chosen = parse_cookie(cookies).get(i18n.COOKIE, "") if cookies else ""
        return i18n.choose(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", ""), self.app.config["LOCALE"])


@dataclass(slots=True)
class Collected:
    status: str
    headers: list[tuple[str, str]]
    body: bytes


def _collect(app: Callable[[Environ, Start], Iterable[bytes]], environ: Environ) -> Collected:
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _exc: object = None) -> Callable[[bytes], object]:
        started[:] = [status, headers]
        return lambda _data: None

    method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
    chunks = app(environ, start)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
        environ["REQUEST_METHOD"] = method
    return Collected(started[0], started[1], body)


def _keepable(response: Collected) -> bool:
    names = {name.lower(): value for name, value in response.headers}
    return (
        response.status.startswith("200")
        and names.get("cache-control") == "no-cache"
        and "set-cookie" not in names
        and len(response.body) <= LARGEST
    )


def _kept(response: Collected) -> Answer:
    etag = f'W/"{sha256(response.body).hexdigest()[:24]}"'
    headers = [pair for pair in response.headers if pair[0].lower() not in {"content-length", "etag", "vary"}]
    headers += [("ETag", etag), ("Vary", "Cookie, Accept-Language, Accept-Encoding")]
    return Answer(headers, response.body, etag)


def _answer(kept: Answer, environ: Environ, start: Start) -> Iterable[bytes]:
    if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start("304 Not Modified", [pair for pair in kept.headers if pair[0] != "Content-Type"])
        return []
    body, headers = kept.body, kept.headers
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = kept.compressed()
        headers = [*headers, ("Content-Encoding", "gzip")]
    start("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

"""Pages that are the same for all members but for a few places, rendered once and filled in for each.

While such a page is rendered, the member who asked is not there: `current_user` is EVERY_MEMBER, who has no id and keeps nothing, so
that nothing of one person can reach another's page. The places are marked by tokens (`hole`), unguessable and other ones
on every page, and `FILLERS` knows what each member finds in them. Staff, whoever is paused, not let in yet or has a message
waiting, and those of whom the view says so (`shared_unless`) get a page of their own, whose holes are filled as soon as it is
rendered.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from flask import Flask, current_app, g, request, session
from flask_login import UserMixin
from flask_wtf.csrf import generate_csrf
from jinja2 import Template
from markupsafe import Markup

from forum.core import access, i18n, site
from forum.core.db import reading
from forum.core.store import Store, store_of

P = ParamSpec("P")
R = TypeVar("R")
MOST_BYTES = 3_000_000
AROUND = 400  # bytes that a hole takes beside the text of its page

Details = Sequence[tuple[str, ...]]
Filler = Callable[[Any, Details], Sequence[str | None]]
FILLERS: dict[str, Filler] = {}
MOST_FIND: dict[str, Callable[[Details], Sequence[str]]] = {}


class Reader(Protocol):
    """What is known of the member for whom holes are filled."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def keeps(self) -> bool: ...
    @property
    def outside(self) -> str: ...
    @property
    def draft_count(self) -> int: ...
    @property
    def notice_count(self) -> int: ...
    @property
    def waiting_count(self) -> int: ...
    @property
    def mutes(self) -> bool: ...
    @property
    def paused(self) -> bool: ...


class EveryMember(UserMixin):  # type: ignore[misc]
    """Stands for whichever member will read the page. Its id is nobody's: not even that of a text without an author."""

    id = 0
    name = ""
    role = "member"
    locale = ""
    keeps = False
    outside = ""
    draft_count = 0
    notice_count = 0
    waiting_count = 0
    mutes = False
    moderates = False
    administers = False
    has_factor = False
    paused = False
    banned_at = None

    def facilitates(self, theme_id: int | None) -> bool:  # noqa: ARG002
        return False


EVERY_MEMBER = EveryMember()


@dataclass(slots=True)
class Asked:
    """The holes that a request has made so far: the token of each holds its place in `holes` (kind, details)."""

    mark: str = field(default_factory=lambda: f"hole{secrets.token_hex(8)}")
    holes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """A page cut at its holes: of `pieces` each second one is a hole; for each kind, which ones, and their details."""

    pieces: list[bytes]
    kinds: list[tuple[str, tuple[int, ...], tuple[tuple[str, ...], ...]]]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + AROUND * (len(self.pieces) // 2)


def hole(kind: str, *details: object) -> Markup:
    """Return what a template or a form shows in a place that differs between members."""
    asked: Asked = g.get("holes") or _begun()
    asked.holes.append((kind, tuple(map(str, details))))
    return Markup(f"{asked.mark}{len(asked.holes) - 1}{asked.mark}")  # noqa: S704 (a token of ours)


def _begun() -> Asked:
    g.holes = Asked()
    return g.holes


def filler(kind: str, most_find: Callable[[Details], Sequence[str]] | None = None) -> Callable[[Filler], Filler]:
    """Register what fills the holes of a kind: a function of the member and the details of all of them on a page.

    It is asked once a page, and returns as many pieces of safe HTML, in the same order; "" where there is nothing to show, None
    for what most members find there. That is what `most_find` returns for the same details: asked when the page is rendered, it
    need not be put together again for each of them. Without it, most find nothing.
    """

    def register(fill: Filler) -> Filler:
        FILLERS[kind] = fill
        if most_find:
            MOST_FIND[kind] = most_find
        return fill

    return register


@filler("csrf")
def _csrf(_member: Any, details: Details) -> Sequence[str]:
    own = session.get("csrf_token")
    token = _signed(current_app.secret_key, own, int(time.time()) // 60) if own else generate_csrf()
    return [str(token)] * len(details)


@lru_cache(maxsize=512)
def _signed(_secret: str, _own: str, _minute: int) -> str:
    """Return the token of this session, signed once a minute: it stays good for an hour."""
    g.pop("csrf_token", None)  # which another session of this request may have left
    return str(generate_csrf())


@filler("key")
def _key(_member: Any, details: Details) -> Sequence[str]:
    return [secrets.token_hex(16) for _detail in details]


def shared(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a page is the same for all plain members but for its holes."""
    return shared_unless(lambda _reader, **_values: False)(view)


def shared_unless(own: Callable[..., bool]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a page as `shared`, but for those readers to whom `own(reader, **values of the address)` gives one of their own."""

    def declared(view: Callable[P, R]) -> Callable[P, R]:
        return _shared(view, own)

    return declared


def _shared(view: Callable[P, R], own: Callable[..., bool]) -> Callable[P, R]:
    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        with reading():
            reader = current_app.extensions["reader"]()
            apart = reader is None or reader.keeps or reader.paused or reader.outside or "_flashes" in session
            apart = apart or own(reader, **kwargs)
            key = (request.full_path, i18n.locale(None if apart else reader.locale))
            parts = None if apart else _pages().get(key, site.pulse())
            if parts is not None:
                return _filled(parts, reader)  # type: ignore[return-value]
        if apart:
            return view(*args, **kwargs)
        page = _rendered(view, *args, **kwargs)
        if not isinstance(page, str):
            return page
        parts = _cut(page)
        _pages().put(key, site.pulse(), parts, parts.size)
        return _filled(parts, reader)  # type: ignore[return-value]

    asked.shared = True  # type: ignore[attr-defined]
    return asked


def _pages() -> Store[Parts]:
    return current_app.extensions["stores"]["shared"]


def _rendered(view: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    member = g.pop("_login_user", None)  # where Flask-Login keeps who asked
    g._login_user = EVERY_MEMBER  # noqa: SLF001
    try:
        return view(*args, **kwargs)
    finally:
        g.pop("_login_user")
        if member is not None:
            g._login_user = member  # noqa: SLF001


def _cut(page: str) -> Parts:
    asked: Asked = g.get("holes") or Asked()
    pieces = page.encode().split(asked.mark.encode())
    places: dict[str, list[int]] = {}
    details: dict[str, list[tuple[str, ...]]] = {}
    for place in range(1, len(pieces), 2):
        kind, told = asked.holes[int(pieces[place])]
        places.setdefault(kind, []).append(place)
        details.setdefault(kind, []).append(told)
        pieces[place] = b""
    for kind, most_find in MOST_FIND.items():
        for place, html in zip(places.get(kind, ()), most_find(details.get(kind, ())), strict=True):
            pieces[place] = html.encode()
    return Parts(pieces, [(kind, tuple(places[kind]), tuple(details[kind])) for kind in places])


def _filled(parts: Parts, member: Any) -> bytes:
    pieces = parts.pieces.copy()
    for kind, places, details in parts.kinds:
        for place, html in zip(places, FILLERS[kind](member, details), strict=True):
            if html is not None:
                pieces[place] = html.encode()
    return b"".join(pieces)


class Page(Template):
    """A template whose holes are filled as soon as it is rendered, unless it is rendered for every member."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        page = super().render(*args, **kwargs)
        if not g.get("holes") or g.get("_login_user") is EVERY_MEMBER:
            return page
        return _filled(_cut(page), access.me()).decode()


def set_up(app: Flask, reader: Callable[[], Reader | None]) -> None:
    """Have pages shared; `reader` returns who asks, None for a visitor, without more than one statement a request."""
    app.extensions["reader"] = reader
    store_of(app, "shared", MOST_BYTES)
    app.jinja_env.globals.update(hole=hole)
    app.jinja_env.template_class = Page

"""Pages that are the same for all members but for a few places, rendered once and filled in for each.

While such a page is rendered, the member who asked is not there: `current_user` is EVERY_MEMBER, who has no id and keeps nothing, so
that nothing of one person can reach another's page. The places are marked by unguessable tokens (`hole`), and `FILLERS`
knows what each member finds in them. Staff, and whoever has a message waiting, get a page of their own.
"""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, request, session
from flask_login import UserMixin, current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from forum.core import i18n, site
from forum.core.store import Store, store_of

P = ParamSpec("P")
R = TypeVar("R")
MOST_BYTES = 5_000_000
NONCE = secrets.token_hex(8)
TOKEN = re.compile(f"{NONCE}([a-z]+)([a-z0-9.]*){NONCE}")

Filler = Callable[[Any, str], str]
FILLERS: dict[str, Filler] = {}
type_of_parts = list[tuple[str, str, str]]


class EveryMember(UserMixin):  # type: ignore[misc]
    """Stands for whichever member will read the page. Its id is nobody's: not even that of a text without an author."""

    id = 0
    name = ""
    role = "member"
    locale = ""
    moderates = False
    keeps = False
    administers = False

    def facilitates(self, theme_id: int | None) -> bool:  # noqa: ARG002
        return False


EVERY_MEMBER = EveryMember()


def hole(kind: str, detail: str = "") -> Markup:
    """Return what a template shows in a place that differs between members; `detail` holds only [a-z0-9.]."""
    if g.get("_login_user") is EVERY_MEMBER:
        return Markup(f"{NONCE}{kind}{detail}{NONCE}")  # noqa: S704 (a token of ours)
    return Markup(FILLERS[kind](current_user, detail))  # noqa: S704 (fillers escape what they show)


def filler(kind: str) -> Callable[[Filler], Filler]:
    """Register what fills the holes of a kind: a function of the member and the hole's detail that returns safe HTML."""

    def register(fill: Filler) -> Filler:
        FILLERS[kind] = fill
        return fill

    return register


@filler("csrf")
def _csrf(_member: Any, _detail: str) -> str:
    return str(generate_csrf())


@filler("key")
def _key(_member: Any, _detail: str) -> str:
    return secrets.token_hex(16)


def shared(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a page is the same for all plain members but for its holes."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user or current_user.keeps or "_flashes" in session:
            return view(*args, **kwargs)
        key = (request.full_path, i18n.locale())
        parts = _pages().get(key, site.pulse())
        if parts is None:
            page = _rendered(view, *args, **kwargs)
            if not isinstance(page, str):
                return page
            parts = _parts(page)
            _pages().put(key, site.pulse(), parts, len(page))
        return _filled(parts)  # type: ignore[return-value]

    return asked


def _pages() -> Store[type_of_parts]:
    return g.shared_pages


def _rendered(view: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    member = g._login_user  # noqa: SLF001 (where Flask-Login keeps who asked)
    g._login_user = EVERY_MEMBER  # noqa: SLF001
    try:
        return view(*args, **kwargs)
    finally:
        g._login_user = member  # noqa: SLF001


def _parts(page: str) -> type_of_parts:
    """Return a page cut at its holes: (text, kind, detail), the last with no hole behind it."""
    pieces = TOKEN.split(page)
    return [
        (pieces[n], *((pieces[n + 1], pieces[n + 2]) if n + 2 < len(pieces) else ("", "")))
        for n in range(0, len(pieces), 3)
    ]


def _filled(parts: type_of_parts) -> str:
    member = current_user._get_current_object()  # noqa: SLF001 (asked of the proxy once, not fifty times)
    return "".join([text + FILLERS[kind](member, detail) if kind else text for text, kind, detail in parts])


def set_up(app: Flask) -> None:
    store: Store[type_of_parts] = store_of(app, "shared", MOST_BYTES)
    app.jinja_env.globals.update(hole=hole)

    @app.before_request
    def reach() -> None:
        g.shared_pages = store

"""Who may knock at an endpoint at all; what they may do inside is a matter of rules."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

from forum.core.db import reading
from forum.core.rules import Refused

P = ParamSpec("P")
R = TypeVar("R")
ASKING = "forum_asking"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that anyone may ask for this page."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that only a member may; others are shown the log-in page, and what they sent is kept in it."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def sensitive(when: Callable[[], bool] = lambda: True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that what is posted here needs the password given within the last ten minutes, in this session.

    Else the page that asks for it is the answer. It brings along what was sent and sends it to the same address, so that it is
    done as soon as the password is right. `when` tells of a form that can do less, too, whether this request wants what is
    sensitive of it. Write it below @signed_in.
    """

    def declared(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if request.method == "POST" and when():
                asked = current_app.extensions[ASKING]()
                if asked is not None:
                    return asked
            return view(*args, **kwargs)

        guarded.sensitive = True  # type: ignore[attr-defined]
        return guarded

    return declared


def ask_by(app: Flask, asking: Callable[[], Any]) -> None:
    """Let `asking` return the page that asks for the password, or None where nothing has to be asked."""
    app.extensions[ASKING] = asking


def also_banned(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that whoever is banned may ask for this, too."""
    view.also_banned = True  # type: ignore[attr-defined]
    return view


def is_for_members() -> bool:
    """Return whether what this request asks for is open to members only."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "access", "") == "signed_in"


def me() -> Any:
    """Return the member who asks, as the object itself: what actions are handed, instead of Flask-Login's proxy."""
    return current_user._get_current_object()  # noqa: SLF001 (the proxy's own way to it)


def close_to_banned(
    app: Flask, banned: Callable[[], bool], sentence: Callable[[], str], *, but: Collection[str]
) -> None:
    """Refuse whoever is banned all but what is declared for them, and some blueprints; logged out they read what everyone reads."""

    @app.before_request
    def kept_out() -> None:
        view: Any = app.view_functions.get(request.endpoint or "")
        opened = getattr(view, "also_banned", False) or request.blueprint in but
        if view is None or opened:
            return
        with reading(on=hasattr(view, "shared")):
            refused = banned()
        if refused:
            raise Refused("be_here", sentence())


def close_undeclared(app: Flask) -> None:
    """Refuse every endpoint that declares nothing: a forgotten decorator shows a closed door, not an open one."""

    @app.before_request
    def declared() -> None:
        view: Any = app.view_functions.get(request.endpoint or "")
        if view is not None and not hasattr(view, "access"):
            abort(404)

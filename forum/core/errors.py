"""Errors are pages of the house: a sentence that helps, nothing of the inside."""

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, render_template, request
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from forum.core import access, kept, site
from forum.core.db import session
from forum.core.limits import TooOften
from forum.core.rules import Refused
from forum.core.security import inside

LEFT = "left"  # in the cookie of a browser in which an account was deleted
Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def page(status: int, title: str, sentence: str, **more: str) -> tuple[str, int]:
    return render_template("errors/error.html", status=status, title=title, sentence=sentence, **more), status


def unlost(status: int, title: str, sentence: str) -> tuple[str, int]:
    """Answer with an error page that gives back what was written: its place may have gone since the form was opened."""
    saved = kept.fields() if request.method == "POST" else {}
    return (kept.page(sentence, "", saved), status) if saved else page(status, title, sentence)


def words(status: int) -> tuple[str, str]:
    """Return (title, sentence) for an HTTP status, in the reader's language."""
    known = {
        400: (_("That did not work"), _("The request could not be read. Please go back and try once more.")),
        403: (_("Not here"), _("You may not do this.")),
        404: (
            _("Nothing here"),
            _("There is no such page, or it is not for everyone. The address may have a letter too many."),
        ),
        405: (_("That did not work"), _("This address does not take what was sent to it.")),
        413: (_("Too large"), _("What was sent is larger than any text here may be. Nothing was changed.")),
        429: (_("A moment, please"), _("That was often within a short time.")),
        503: (_("A moment, please"), _("The forum cannot write at present. Please try again in a minute.")),
    }
    return known.get(status, known[400] if status < 500 else known[503])  # noqa: PLR2004 (the server's own faults)


def lost_session() -> Answer:
    """Answer a request that only a member may make, from someone who is not logged in."""
    if LEFT in cookie:
        return _left()
    sentence = _("You are not logged in, or no longer.")
    if request.method == "POST" and (saved := kept.fields()):
        return kept.page(sentence, request.path, saved), 401
    if request.method == "GET":
        query = request.query_string.decode("ascii", "replace")
        target = inside(f"{quote(request.path)}?{query}" if query else quote(request.path))
        return "", 303, {"Location": current_app.url_for("accounts.login", next=target)}
    return page(401, _("Please log in"), sentence)


def _left() -> Answer:
    """Answer from a browser in which an account was deleted, in another window perhaps: what was written there is given back."""
    sentence = _("You have deleted your account, so nothing was sent.")
    if request.method == "POST" and (saved := kept.fields()):
        return kept.page(sentence, "", saved), 401
    return page(401, _("Your account is deleted"), _("You have deleted your account. This page is for members."))


def set_up(app: Flask) -> None:
    answers: dict[type[Exception], Callable[[Any], Answer]] = {
        HTTPException: _http,
        CSRFError: _stale_form,
        Refused: _refused,
        TooOften: _too_often,
        OperationalError: _database,
        InterfaceError: _database,
        PoolTimeoutError: _database,
        Exception: _fault,
    }
    for kind, answer in answers.items():
        app.register_error_handler(kind, _recovered(answer))


def _recovered(answer: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    def answered(error: Exception) -> Answer:
        _recover()
        return answer(error)

    return answered


def _recover() -> None:
    """Make it possible to draw a page: for a visitor of a nameless forum, where nothing can be read any more."""
    try:
        session().rollback()
        site.name()
        _reader = current_user.name
    except SQLAlchemyError:
        g.site, g._login_user = ("", 0), current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001 (where Flask-Login keeps who asked)


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 (a redirect of the router)
        return error.get_response()  # type: ignore[return-value]
    allowed = {"Allow": ", ".join(error.valid_methods or [])} if hasattr(error, "valid_methods") else {}
    return *page(status, *words(status)), allowed


def _stale_form(_error: CSRFError) -> Answer:
    saved = kept.fields()
    if saved and not current_user and access.is_for_members():
        return lost_session()
    sentence = _("This form comes from an earlier visit. Please look at it once more and send it again.")
    if saved:
        return kept.page(sentence, request.path, saved), 400
    return page(400, _("That did not work"), sentence)


def _refused(error: Refused) -> Answer:
    return page(403, _("Not here"), error.sentence)


def _too_often(error: TooOften) -> Answer:
    return *page(429, _("A moment, please"), error.sentence), {"Retry-After": str(error.wait)}


def _database(error: SQLAlchemyError) -> Answer:
    cause = getattr(error, "orig", error)
    current_app.logger.error("The database did not answer: %s", type(cause).__name__)
    saved = kept.fields() if request.method == "POST" else {}
    if saved:
        return kept.page(words(503)[1], request.path, saved), 503, {"Retry-After": "30"}
    return *page(503, *words(503)), {"Retry-After": "30"}


def _fault(error: Exception) -> Answer:
    if current_app.debug or current_app.config.get("PROPAGATE_FAULTS"):
        raise error
    number = secrets.token_hex(4)
    # %r: an address may hold line breaks, which would write lines of their own.
    current_app.logger.error("Fault %s at %s %r", number, request.method, request.path, exc_info=error)
    sentence = _("Something went wrong on our side, and it was noted under the number %(number)s.", number=number)
    return page(500, _("Our fault"), sentence)

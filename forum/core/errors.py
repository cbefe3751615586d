"""Errors are pages of the house: a sentence that helps, nothing of the inside."""

import secrets

from flask import Flask, current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from forum.core import kept
from forum.core.db import session
from forum.core.limits import TooOften
from forum.core.rules import Refused
from forum.core.security import inside

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def page(status: int, title: str, sentence: str, **more: str) -> tuple[str, int]:
    return render_template("errors/error.html", status=status, title=title, sentence=sentence, **more), status


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
    sentence = _("You are not logged in, or no longer.")
    if request.method == "POST" and (saved := kept.fields()):
        return kept.page(sentence, request.path, saved), 401
    if request.method == "GET":
        location = f"{current_app.url_for('accounts.login')}?next={inside(request.full_path.rstrip('?'))}"
        return "", 303, {"Location": location}
    return page(401, _("Please log in"), sentence)


def set_up(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(TooOften, _too_often)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _fault)


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 (a redirect of the router)
        return error.get_response()  # type: ignore[return-value]
    allowed = {"Allow": ", ".join(error.valid_methods or [])} if hasattr(error, "valid_methods") else {}
    return *page(status, *words(status)), allowed


def _stale_form(_error: CSRFError) -> Answer:
    saved = kept.fields()
    if saved and not current_user:
        return lost_session()
    sentence = _("This form comes from an earlier visit. Please look at it once more and send it again.")
    if saved:
        return kept.page(sentence, request.path, saved), 400
    return page(400, _("That did not work"), sentence)


def _refused(error: Refused) -> Answer:
    return page(403, _("Not here"), error.sentence)


def _too_often(error: TooOften) -> Answer:
    return *page(429, _("A moment, please"), error.sentence), {"Retry-After": str(error.wait)}


def _database(error: OperationalError) -> Answer:
    session().rollback()
    current_app.logger.error("The database did not answer: %s", type(error.orig).__name__)
    saved = kept.fields() if request.method == "POST" else {}
    if saved:
        return kept.page(words(503)[1], request.path, saved), 503, {"Retry-After": "30"}
    return *page(503, *words(503)), {"Retry-After": "30"}


def _fault(error: Exception) -> Answer:
    if current_app.debug or current_app.config.get("PROPAGATE_FAULTS"):
        raise error
    session().rollback()
    number = secrets.token_hex(4)
    current_app.logger.error("Fault %s at %s %s", number, request.method, request.path, exc_info=error)
    sentence = _(
        "Something went wrong on our side, and it was noted under the number %(number)s.", number=number
    )
    return page(500, _("Our fault"), sentence)

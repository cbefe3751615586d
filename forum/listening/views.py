"""The button at the foot of an essay, and the way to take it back."""

from flask import Blueprint, abort, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forum.core.access import me, signed_in
from forum.listening import actions
from forum.threads import queries as threads
from forum.threads.models import Thread

bp = Blueprint("listening", __name__)


def _load(thread_id: int) -> Thread:
    found = threads.thread(thread_id, current_user) or abort(404)
    return found[0]


def _back(thread: Thread) -> Response:
    return redirect(url_for("threads.show", reference=thread, _anchor="listening"), 303)


@bp.post("/listening/<int:thread_id>")
@signed_in
def listen(thread_id: int) -> Response:
    thread = _load(thread_id)
    actions.listen(thread, by=me())
    return _back(thread)


@bp.post("/listening/<int:thread_id>/delete")
@signed_in
def leave(thread_id: int) -> Response:
    thread = _load(thread_id)
    actions.leave(thread.id, by=me())
    return _back(thread)

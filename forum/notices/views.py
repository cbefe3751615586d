from collections.abc import Mapping

from flask import Blueprint, Response, abort, request
from flask_login import current_user

from forum.core.access import me, signed_in
from forum.core.afterwards import afterwards
from forum.core.db import session
from forum.core.security import from_here
from forum.notices import actions
from forum.notices.models import THEME, THREAD
from forum.notices.seen import ids
from forum.themes.models import Theme
from forum.threads import queries as threads

bp = Blueprint("notices", __name__)
SENT = ("", 204)


def place(told: Mapping[str, str]) -> tuple[str, int]:
    """Return (scope, id) of the thread or theme that a request names, if this reader may see it."""
    scope, number = next(((scope, ids(told[scope])) for scope in (THREAD, THEME) if scope in told), ("", []))
    if not number:
        abort(404)
    found = threads.thread(number[0], current_user) if scope == THREAD else session().get(Theme, number[0])
    return (scope, number[0]) if found else abort(404)


@bp.post("/notices/seen")
@signed_in
def seen() -> tuple[str, int]:
    """Take from a page which of its replies were on the screen."""
    actions.see(me().id, *place(request.form), ids(request.form.get("replies", "")))
    return SENT


@bp.get("/notices/seen")
@signed_in
def served() -> Response:
    """Take a page for seen as it was served: a browser without JavaScript asks for this, as for a picture; no other does."""
    if not from_here():
        abort(404)
    member_id, (scope, scope_id) = me().id, place(request.args)
    replies = ids(request.args.get("replies", ""))
    return afterwards(Response(status=204), lambda: actions.see(member_id, scope, scope_id, replies))

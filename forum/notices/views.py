from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core import pages
from forum.core.access import me, signed_in
from forum.core.afterwards import afterwards
from forum.core.db import session
from forum.core.security import from_here, inside
from forum.moderation.wording import place_of
from forum.notices import queries
from forum.notices.actions import levels, reading, seeing
from forum.notices.models import FOLLOW, LEVELS, MUTE, NORMAL, THEME, THREAD
from forum.notices.seen import ids
from forum.themes import queries as themes
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


@bp.post("/notices/threads/<int:thread_id>/level")
@signed_in
def level_of_thread(thread_id: int) -> AnyResponse:
    thread, _text = threads.thread(thread_id, current_user) or abort(404)
    _choose(THREAD, thread.id)
    return redirect(url_for("threads.show", reference=thread), 303)


@bp.post("/notices/themes/<key>/level")
@signed_in
def level_of_theme(key: str) -> AnyResponse:
    theme = themes.by_key(key) or abort(404)
    _choose(THEME, theme.id)
    return redirect(url_for("themes.show", key=key), 303)


def _choose(scope: str, scope_id: int) -> None:
    level = request.form.get("level", "")
    if level not in LEVELS:
        abort(400)
    levels.choose(scope, scope_id, level, by=me())
    flash({FOLLOW: _("You follow this now."), NORMAL: _("Saved."), MUTE: _("You muted this.")}[level])


@bp.get("/notices")
@signed_in
def everything() -> str:
    """All that a member was told, the latest first; being listed is not being read."""
    page = queries.notices(me().id, pages.place())
    tidings = queries.tidings([notice.id for notice in page.rows], me().id)
    return render_template("notices/list.html", page=page, tidings=tidings, place_of_entry=place_of)


@bp.post("/notices/<int:notice_id>/read")
@signed_in
def read(notice_id: int) -> AnyResponse:
    reading.read(queries.notice(notice_id, me().id) or abort(404), by=me())
    flash(_("Marked as read."))
    return _back()


@bp.post("/notices/read")
@signed_in
def read_all() -> AnyResponse:
    """Mark all as read that stood in the list, or further down, when the page was made."""
    upto = ids(request.form.get("upto", "")) or abort(400)
    reading.read_all(upto[0], by=me())
    flash(_("All that was there is marked as read."))
    return _back()


def _back() -> AnyResponse:
    return redirect(inside(request.form.get("next") or url_for("notices.everything")), 303)


@bp.get("/notices/levels")
@signed_in
def chosen() -> str:
    """All that a member follows or muted, in one list."""
    of_themes, page = queries.levels(me().id, pages.place())
    return render_template("notices/levels.html", themes=of_themes, page=page)


@bp.post("/notices/seen")
@signed_in
def seen() -> tuple[str, int]:
    """Take from a page which of its replies were on the screen."""
    seeing.see(me().id, *place(request.form), ids(request.form.get("replies", "")))
    return SENT


@bp.get("/notices/seen")
@signed_in
def served() -> Response:
    """Take a page for seen as it was served: a browser without JavaScript asks for this, as for a picture; no other does."""
    if not from_here():
        abort(404)
    member_id, (scope, scope_id) = me().id, place(request.args)
    replies = ids(request.args.get("replies", ""))
    return afterwards(Response(status=204), lambda: seeing.see(member_id, scope, scope_id, replies))

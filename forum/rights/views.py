"""What is kept of oneself: to take along, or to take away."""

from flask import Blueprint, redirect, render_template, send_file, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts import queries as accounts
from forum.accounts.actions import proving
from forum.core import clock
from forum.core.access import me, public, sensitive, signed_in
from forum.core.errors import LEFT
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal
from forum.rights import queries
from forum.rights.actions import downloading, leaving
from forum.rights.forms import Leaving

bp = Blueprint("rights", __name__)
Page = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/rights")
@signed_in
def rights() -> Page:
    return _page()


def _page(sentence: str = "") -> str:
    return render_template("rights/rights.html", sentence=sentence)


@bp.post("/rights/download")
@signed_in
@sensitive()
def download() -> Page:
    try:
        made = downloading.download(by=me())
    except TooOften as often:
        return _page(often.sentence), 429, {"Retry-After": str(often.wait)}
    name = f"forum-{clock.now():%Y-%m-%d}.zip"
    response = send_file(made, mimetype="application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/rights/leave")
@signed_in
def leave() -> Page:
    return _leaving(Leaving.of(me(), formdata=None))


def _leaving(form: Leaving, sentence: str = "") -> str:
    member = me()
    closed = refusal("leave", member, accounts.is_last_admin(member))
    return render_template(
        "rights/leave.html", form=form, closed=closed, groups=list(queries.parting(member)), sentence=sentence
    )


@bp.post("/rights/leave")
@signed_in
def go() -> Page:
    form, status, headers, sentence = Leaving.of(me()), 422, {}, ""
    if form.validate():
        try:
            proving.confirm(me(), form.current.data, form.told_code)
            key = leaving.leave(me(), takes=form.texts.data == "take")
        except Refused as refused:
            if not me().name:  # another window was first
                return redirect(url_for("rights.left"), 303)
            sentence = refused.sentence
        except TooOften as often:
            sentence, status, headers = often.sentence, 429, {"Retry-After": str(often.wait)}
        else:
            logout_user()
            session.clear()
            session[LEFT] = key
            return redirect(url_for("rights.left"), 303)
    return _leaving(form, sentence), status, headers


@bp.get("/rights/left")
@public
def left() -> Page:
    """Say goodbye, and where there was much to do how far it is; to whoever deleted an account in this browser."""
    if LEFT not in session or current_user:
        return redirect(url_for("pages.home"), 303)
    departure = queries.departure(session[LEFT])
    rest = queries.texts(departure.member_id) if departure else 0
    return render_template("rights/left.html", departure=departure, done=departure.total - rest if departure else 0)

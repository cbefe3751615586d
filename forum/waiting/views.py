"""What waits for a moderator: to its author, and to those who decide."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forum.core import pages
from forum.core.access import me, signed_in
from forum.core.rules import require
from forum.threads.views.threads import tried
from forum.waiting import actions, queries
from forum.waiting.forms import RefuseForm
from forum.waiting.models import Waiting

bp = Blueprint("waiting", __name__)
Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@bp.get("/waiting")
@signed_in
def listed() -> Page:
    page = queries.waiting(pages.place(), current_user)
    return render_template("waiting/list.html", page=page, hours=queries.usual_hours())


def _load(number: int) -> Waiting:
    return queries.one(number, current_user) or abort(404)


@bp.get("/waiting/<int:number>")
@signed_in
def show(number: int) -> Page:
    one = _load(number)
    if one.reply_id:
        return redirect(url_for("threads.permalink", reply_id=one.reply_id), 302)
    return _page(one, RefuseForm(formdata=None))


def _page(one: Waiting, form: RefuseForm, sentence: str | None = None) -> str:
    hours = queries.usual_hours()
    return render_template("waiting/show.html", one=one, form=form, sentence=sentence, hours=hours)


@bp.post("/waiting/<int:number>/approve")
@signed_in
def approve(number: int) -> Page:
    one = _load(number)
    require("decide_waiting", current_user, one)
    made, sentence, status, headers = tried(lambda: actions.approve(one, by=me()))
    if made:
        flash(_("The reply stands in its thread."))
        return redirect(url_for("waiting.listed"), 303)
    return _page(_load(number), RefuseForm(formdata=None), sentence), status, headers


@bp.post("/waiting/<int:number>/refuse")
@signed_in
def refuse(number: int) -> Page:
    one, form = _load(number), RefuseForm()
    require("decide_waiting", current_user, one)
    if not form.validate():
        return _page(one, form), 422
    actions.refuse(one, reason=form.reason.data, by=me())
    flash(_("Its author reads your reason, and keeps the words."))
    return redirect(url_for("waiting.listed"), 303)


@bp.post("/waiting/<int:number>/withdraw")
@signed_in
def withdraw(number: int) -> Page:
    actions.take_back(_load(number), by=me())
    flash(_("It is gone, and nobody has seen it."))
    return redirect(url_for("waiting.listed"), 303)

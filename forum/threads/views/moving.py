"""Moving replies, splitting and merging threads, giving them another title: each a page with a reason to give."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from forum.core import pages
from forum.core.access import me, signed_in
from forum.core.rules import refusal, require
from forum.themes import queries as themes
from forum.threads import queries
from forum.threads.actions import moving
from forum.threads.blueprint import bp
from forum.threads.forms import MergeForm, MoveForm, ReasonForm, RetitleForm, SplitForm
from forum.threads.models import Thread
from forum.threads.terms import Passing
from forum.threads.views.replies import load_reply
from forum.threads.views.threads import Page, Reference, load


def _target(form: MoveForm | MergeForm, source: Thread) -> Thread | None:
    """Return the thread that a form names, if what stands in `source` can go there; else the field says why not."""
    found = queries.thread(form.thread_id() or 0, current_user)
    why = _why_not(source, found[0]) if found else _("There is no such thread.")
    if why:
        form.into.errors = [why]
    return found[0] if found and not why else None


def _why_not(source: Thread, into: Thread) -> str | None:
    return refusal("reply", current_user, into) or refusal("pass_on", current_user, Passing(source, into))


def _page(act: str, form: ReasonForm, **subject: Any) -> Page:
    shown = {"reply": None, "page": None, "chosen": [], "nothing": None, **subject}
    status = 422 if form.errors or shown["nothing"] else 200
    return render_template("threads/move.html", act=act, form=form, **shown), status


@bp.route("/replies/<int:reply_id>/move", methods=["GET", "POST"])
@signed_in
def move_reply(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    require("move_reply", current_user, reply)
    form, everything = MoveForm(), themes.everything()
    form.theme.choices = [SelectChoice(theme.key, theme.name) for theme in everything]
    if request.method == "GET":
        form.theme.data = reply.theme.key
    if form.validate_on_submit():
        into = _target(form, reply.thread) if form.thread_id() is not None else reply.thread
        theme = next(theme for theme in everything if theme.key == form.theme.data)
        if into:
            moving.move_reply(reply, into=into, theme=into.theme or theme, reason=form.reason.data, by=me())
            flash(_("The reply is moved."))
            return redirect(url_for("threads.permalink", reply_id=reply_id), 303)
    return _page("move_reply", form, thread=reply.thread, reply=reply)


@bp.route("/threads/<reference:reference>/split", methods=["GET", "POST"])
@signed_in
def split_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("split_thread", current_user, thread)
    form, everything = SplitForm(), themes.everything()
    form.theme.choices = [SelectChoice(theme.key, theme.name) for theme in everything]
    if request.method == "GET" and thread.theme:
        form.theme.data = thread.theme.key
    chosen = request.form.getlist("replies", type=int)
    page = queries.first_level(thread.id, pages.place(), current_user)
    ids = [row.id for row in page.rows if row.id in chosen]
    nothing = None if ids or request.method == "GET" else _("Please choose the replies that go to the new thread.")
    if form.validate_on_submit() and not nothing:
        theme = next(theme for theme in everything if theme.key == form.theme.data)
        words = {"title": form.title.data, "reason": form.reason.data}
        made = moving.split_thread(thread, ids, theme=theme, by=me(), **words)
        flash(_("The replies have a thread of their own."))
        return redirect(url_for("threads.show", reference=made), 303)
    return _page("split_thread", form, thread=thread, page=page, chosen=chosen, nothing=nothing)


@bp.route("/threads/<reference:reference>/merge", methods=["GET", "POST"])
@signed_in
def merge_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("merge_thread", current_user, thread)
    form = MergeForm()
    if form.validate_on_submit():
        into = _target(form, thread)
        if into and into.id == thread.id:
            form.into.errors = [_("This is the thread itself.")]
        elif into:
            moving.merge_thread(thread, into=into, reason=form.reason.data, by=me())
            flash(_("The threads are one."))
            return redirect(url_for("threads.show", reference=into), 303)
    return _page("merge_thread", form, thread=thread)


@bp.route("/threads/<reference:reference>/retitle", methods=["GET", "POST"])
@signed_in
def retitle_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("retitle_thread", current_user, thread)
    form = RetitleForm() if request.method == "POST" else RetitleForm(title=thread.title)
    if form.validate_on_submit():
        moving.retitle_thread(thread, title=form.title.data, reason=form.reason.data, by=me())
        flash(_("The thread has another title."))
        return redirect(url_for("threads.show", reference=thread), 303)
    return _page("retitle_thread", form, thread=thread)

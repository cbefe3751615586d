"""Locking, pinning, hiding: a page with a reason to give, and what it does."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from forum.core.access import me, signed_in
from forum.core.rules import refusal, require
from forum.moderation.actions import deciding
from forum.moderation.actions.kinds import FOLD, HIDE
from forum.moderation.forms import HideForm
from forum.moderation.queries import decisions, flags
from forum.rules import queries as house
from forum.threads.actions import keeping
from forum.threads.blueprint import bp
from forum.threads.forms import PinForm, ReasonForm
from forum.threads.models import Reply, Thread
from forum.threads.views.replies import load_reply
from forum.threads.views.threads import Page, Reference, load


def _thread_act(reference: Reference, name: str, act: Callable[..., object], said: str) -> Page:
    thread, _content = load(reference)
    require(name, current_user, thread)
    form = ReasonForm()
    if form.validate_on_submit():
        act(thread, reason=form.reason.data, by=me())
        flash(said)
        return redirect(url_for("threads.show", reference=thread), 303)
    return reason_page(name, form, thread=thread)


def reason_page(name: str, form: ReasonForm, **subject: Any) -> Page:
    """Return the page on which an act is given its reason; `subject` is what it is done to."""
    status = 422 if form.errors else 200
    shown = {"thread": None, "reply": None, "wording_of": None, **subject}
    return render_template("threads/keep.html", act=name, form=form, action=request.path, **shown), status


@bp.route("/threads/<reference:reference>/lock", methods=["GET", "POST"])
@signed_in
def lock(reference: Reference) -> Page:
    return _thread_act(reference, "lock", keeping.lock, _("The thread is locked."))


@bp.route("/threads/<reference:reference>/unlock", methods=["GET", "POST"])
@signed_in
def unlock(reference: Reference) -> Page:
    return _thread_act(reference, "unlock", keeping.unlock, _("The thread is open again."))


@bp.route("/threads/<reference:reference>/unpin", methods=["GET", "POST"])
@signed_in
def unpin(reference: Reference) -> Page:
    return _thread_act(reference, "unpin", keeping.unpin, _("The thread is no longer pinned."))


@bp.route("/threads/<reference:reference>/hide", methods=["GET", "POST"])
@signed_in
def hide_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    return _decided(HIDE, thread, thread) or redirect(url_for("threads.show", reference=thread), 303)


def _decided(kind: str, of: Reply | Thread, thread: Thread) -> Page | None:
    """Hide or fold by the quick way, which is a decision like any other; return the page that asks for a reason until it is."""
    act, said = "hide_reply", _("The reply is hidden.")
    if isinstance(of, Thread):
        act, said = "hide_thread", _("The thread is hidden.")
    elif kind == FOLD:
        act, said = "fold_reply", _("The reply is folded.")
    require(act, current_user, of)
    form = HideForm()
    form.offer(house.choices())
    if form.validate_on_submit():
        latest = decisions.latest(flags.target(of, current_user))
        deciding.decide_on_own(of, form.ruling(kind), known=latest.id if latest else 0, by=me())
        flash(said)
        return None
    return reason_page(act, form, thread=thread, reply=of if isinstance(of, Reply) else None)


@bp.route("/threads/<reference:reference>/restore", methods=["GET", "POST"])
@signed_in
def restore_thread(reference: Reference) -> Page:
    return _thread_act(reference, "restore_thread", keeping.restore_thread, _("The thread can be seen again."))


@bp.route("/threads/<reference:reference>/pin", methods=["GET", "POST"])
@signed_in
def pin(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("pin", current_user, thread)
    form = PinForm()
    form.scope.choices = _scopes(thread)
    if form.validate_on_submit():
        keeping.pin(thread, scope=form.scope.data, reason=form.reason.data, until=form.until_moment(), by=me())
        flash(_("The thread is pinned."))
        return redirect(url_for("threads.show", reference=thread), 303)
    return reason_page("pin", form, thread=thread)


def _scopes(thread: Thread) -> list[SelectChoice]:
    """Return where this thread may be pinned by the one who asks."""
    scopes = []
    if thread.theme:
        scopes.append(SelectChoice("theme", _("In its theme: %(theme)s", theme=thread.theme.name)))
    if refusal("pin_everywhere", current_user, thread) is None:
        scopes.append(SelectChoice("forum", _("In the whole forum")))
    return scopes


def _reply_act(reply_id: int, name: str, act: Callable[..., object], said: str) -> Page:
    reply = load_reply(reply_id)
    require(name, current_user, reply)
    form = ReasonForm()
    if form.validate_on_submit():
        act(reply, reason=form.reason.data, by=me())
        flash(said)
        return redirect(url_for("threads.permalink", reply_id=reply.id), 303)
    return reason_page(name, form, reply=reply, thread=reply.thread)


@bp.route("/replies/<int:reply_id>/hide", methods=["GET", "POST"])
@signed_in
def hide_reply(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    return _decided(HIDE, reply, reply.thread) or redirect(url_for("threads.permalink", reply_id=reply.id), 303)


@bp.route("/replies/<int:reply_id>/fold", methods=["GET", "POST"])
@signed_in
def fold_reply(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    return _decided(FOLD, reply, reply.thread) or redirect(url_for("threads.permalink", reply_id=reply.id), 303)


@bp.route("/replies/<int:reply_id>/unfold", methods=["GET", "POST"])
@signed_in
def unfold_reply(reply_id: int) -> Page:
    return _reply_act(reply_id, "unfold_reply", keeping.unfold_reply, _("The reply stands open again."))


@bp.route("/replies/<int:reply_id>/restore", methods=["GET", "POST"])
@signed_in
def restore_reply(reply_id: int) -> Page:
    return _reply_act(reply_id, "restore_reply", keeping.restore_reply, _("The reply can be seen again."))

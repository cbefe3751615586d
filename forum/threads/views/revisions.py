"""What a reply said before, and hiding what must not be read any more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.core import pages
from forum.core.access import me, public, signed_in
from forum.core.differences import Change, differences
from forum.core.rules import require
from forum.core.shared import shared
from forum.threads import earlier, queries, visibility
from forum.threads.actions import revising
from forum.threads.blueprint import bp
from forum.threads.forms import ReasonForm
from forum.threads.models import Revision
from forum.threads.views.keeping import reason_page
from forum.threads.views.replies import load_reply
from forum.threads.views.threads import Page


@dataclass(frozen=True, slots=True)
class Compared:
    """A wording with what changed in it since the one before; no words where they are not for this reader."""

    wording: earlier.Wording
    changes: list[Change] | None


@bp.get("/replies/<int:reply_id>/revisions")
@public
@shared
def revisions(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    if not visibility.earlier_words(current_user, reply):
        abort(404)
    page = earlier.wordings(reply, pages.place())
    compared = list(_compared(earlier.without_gone(page.rows, current_user)))
    return render_template("threads/revisions.html", reply=reply, thread=reply.thread, page=page, compared=compared)


def _compared(wordings: list[earlier.Wording]) -> Iterator[Compared]:
    moderates = current_user.moderates
    for wording in wordings:
        if wording.hidden_reason and not moderates:
            yield Compared(wording, None)
        else:
            # What went from a hidden wording would tell its words.
            before = wording.source if wording.before_hidden and not moderates else wording.before
            yield Compared(wording, differences(wording.source if before is None else before, wording.source))


def _revision_act(reply_id: int, number: int, name: str, act: Callable[..., None], said: str) -> Page:
    revision: Revision = queries.revision(reply_id, number, current_user) or abort(404)
    require(name, current_user, revision)
    form = ReasonForm()
    if form.validate_on_submit():
        act(revision, reason=form.reason.data, by=me())
        flash(said)
        return redirect(url_for("threads.revisions", reply_id=reply_id), 303)
    return reason_page(name, form, thread=revision.reply.thread, reply=revision.reply, wording_of=revision)


@bp.route("/replies/<int:reply_id>/revisions/<int:number>/hide", methods=["GET", "POST"])
@signed_in
def hide_revision(reply_id: int, number: int) -> Page:
    return _revision_act(reply_id, number, "hide_revision", revising.hide_revision, _("That wording is hidden."))


@bp.route("/replies/<int:reply_id>/revisions/<int:number>/restore", methods=["GET", "POST"])
@signed_in
def restore_revision(reply_id: int, number: int) -> Page:
    said = _("That wording can be read again.")
    return _revision_act(reply_id, number, "restore_revision", revising.restore_revision, said)

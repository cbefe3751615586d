"""Mending: what its author is asked, and what moderators say where they stand by it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core.access import me, signed_in
from forum.core.rules import Refused, refusal
from forum.drafts import restoring
from forum.drafts.targets import EDIT, Target
from forum.moderation.actions import mending
from forum.moderation.blueprint import bp
from forum.moderation.forms import MendForm
from forum.moderation.models import Mend
from forum.moderation.names import ADD, REWORD, STAND_BY, TAKE_BACK
from forum.moderation.queries import mends as queries
from forum.moderation.views.cases import load
from forum.threads import earlier
from forum.threads import queries as threads
from forum.threads.models import Reply
from forum.threads.views.threads import previewed

Page = str | tuple[str, int] | AnyResponse


@bp.route("/moderation/replies/<int:reply_id>/mend", methods=["GET", "POST"])
@signed_in
def mend(reply_id: int) -> Page:
    found = queries.of_reply(reply_id, current_user)
    reply = threads.reply(reply_id, current_user)
    if found is None or reply is None:
        abort(404)
    form = MendForm()
    form.begin(reply.kind, earlier.readable(reply.source, current_user))
    draft = restoring.restore(form, Target(EDIT, reply.id))
    sentence = refusal("answer_mend", current_user, queries.mending(found, current_user))
    status = 403 if sentence and form.is_submitted() else 200
    if form.is_submitted() and not sentence and "preview" not in request.form:
        status = 422
        if form.validate():
            try:
                _answer(found, form, draft.sequence)
            except Refused as refused:
                sentence = refused.sentence
            else:
                flash(_("Thank you. Nothing more is asked of you."))
                return redirect(url_for("threads.permalink", reply_id=reply_id), 303)
    if form.is_submitted() and _again(found, form, reply):
        return redirect(url_for("threads.permalink", reply_id=reply_id), 303)
    return render_template(
        "moderation/mend.html",
        mend=found,
        reply=reply,
        words=queries.words(found.case_id),
        facts=queries.facts(found.case_id),
        until=queries.until(found.asked_at),
        over=bool(refusal("answer_mend", current_user, queries.mending(found, current_user))),
        form=form,
        draft=draft,
        sentence=sentence,
        preview=previewed(form.body.data) if "preview" in request.form else None,
    ), status


def _answer(found: Mend, form: MendForm, draft: int) -> None:
    answer = form.answer.data
    if answer == REWORD:
        mending.reword(found, kind=form.kind.data, source=form.body.data, by=me(), draft=draft)
    elif answer == ADD:
        mending.add_line(found, form.line.data, by=me())
    elif answer == TAKE_BACK:
        mending.take_back(found, by=me())
    else:
        mending.stand_by(found, form.reason.data, by=me())


def _again(found: Mend, form: MendForm, reply: Reply) -> bool:
    """Return whether a form was sent twice, and all that it says stands already."""
    said = {REWORD: form.body.data == reply.source, ADD: reply.source.endswith(form.line.data or "\0"), TAKE_BACK: True}
    said[STAND_BY] = form.reason.data == found.reason
    return bool(found.answer) and found.answer == form.answer.data and said[found.answer]


@bp.post("/moderation/cases/<int:case_id>/against")
@signed_in
def speak_against(case_id: int) -> Page:
    mending.speak_against(load(case_id), by=me())
    flash(_("Another moderator decides now."))
    return redirect(url_for("moderation.cases"), 303)

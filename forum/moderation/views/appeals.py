"""Appealing against a decision, the appeals that wait, and deciding about one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core import pages
from forum.core.access import also_banned, me, public, signed_in
from forum.core.rules import Refused, refusal, require
from forum.moderation.actions import appealing
from forum.moderation.actions.kinds import KINDS
from forum.moderation.blueprint import bp
from forum.moderation.forms import AppealForm, JudgeForm
from forum.moderation.models import Appeal, Flag
from forum.moderation.names import JUDGED
from forum.moderation.queries import appeals as queries
from forum.moderation.queries import decisions, flags
from forum.moderation.views.decisions import decision_page

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse


@bp.post("/moderation/decisions/<int:decision_id>/appeals")
@signed_in
@also_banned
def appeal(decision_id: int) -> Page:
    of, form = decisions.statement(decision_id, current_user) or abort(404), AppealForm()
    if not form.validate():
        return decision_page(of, appeal=form), 422
    try:
        appealing.appeal(of, form.text.data, by=me())
    except Refused as refused:
        of = decisions.statement(decision_id, current_user) or abort(404)
        return decision_page(of, appeal=form, sentence=refused.sentence), 403
    flash(_("Your appeal has arrived. You will find here what comes of it."))
    return redirect(url_for("moderation.decision", decision_id=decision_id, _anchor="appeal"), 303)


@bp.route("/moderation/flags/<int:flag_id>/appeal", methods=["GET", "POST"])
@signed_in
@also_banned
def appeal_of_flag(flag_id: int) -> Page:
    """For members who flagged something in which nothing was found."""
    flag = queries.flag_of(flag_id, current_user) or abort(404)
    return _of_reporter(flag, url_for("moderation.flags"))


@bp.route("/moderation/receipts/<token>/appeal", methods=["GET", "POST"])
@public
@also_banned
def appeal_of_receipt(token: str) -> Page:
    """The same for visitors, by the secret of their receipt."""
    flag = flags.of_token(token) or abort(404)
    return _of_reporter(flag, url_for("moderation.receipt", token=token))


def _of_reporter(flag: Flag, back: str) -> Page:
    form = AppealForm() if request.method == "POST" else AppealForm(formdata=None)
    decision, stand = queries.of_reporter(flag)
    made, status = queries.of_flag(flag.id), 200
    sentence = refusal("appeal", current_user, stand)
    if form.is_submitted():
        status = 403 if sentence else 422
        if form.validate():
            try:
                appealing.appeal_as_reporter(flag, form.text.data, by=me() if current_user else current_user)
            except Refused as refused:
                sentence, status = refused.sentence, 403
            else:
                if current_user:
                    flash(_("Your appeal has arrived. You will find here what comes of it."))
                return redirect(request.path, 303)
    alone = queries.alone(decision) if decision else False
    shown = {"flag": flag, "made": made, "sentence": sentence, "form": form, "back": back, "alone": alone}
    page = render_template("moderation/appeal_flag.html", **shown, judged=JUDGED)
    return page, status, {"Cache-Control": "no-store"}


@bp.get("/moderation/appeals")
@signed_in
def appeals() -> Page:
    """The appeals that wait, the oldest first, or those that were decided."""
    require("see_cases", current_user)
    decided = request.args.get("state") == "decided"
    page = queries.waiting(pages.place(), current_user, decided=decided)
    shown = {"page": page, "decided": decided, "late": queries.waits_too_long}
    return render_template("moderation/appeals.html", **shown, kinds=KINDS, judged=JUDGED)


@bp.route("/moderation/appeals/<int:appeal_id>", methods=["GET", "POST"])
@signed_in
def judge(appeal_id: int) -> Page:
    require("see_cases", current_user)
    of, form, status = _load(appeal_id), JudgeForm(), 200
    why = refusal("judge_appeal", current_user, queries.judging(of, current_user))
    if form.is_submitted():
        status = 409 if why else 422
        if not why and form.validate():
            try:
                appealing.judge(of, form.outcome.data, reasons=form.reasons.data, by=me())
            except Refused as refused:
                why, status, of = refused.sentence, 409, _load(appeal_id)
            else:
                flash(_("Your decision about the appeal stands, and whoever appealed is told."))
                return redirect(url_for("moderation.appeals"), 303)
    shown = {"appeal": of, "decision": of.decision, "kind": KINDS[of.decision.kind], "form": form, "why": why}
    late = queries.waits_too_long(of)
    return render_template("moderation/appeal.html", **shown, late=late, judged=JUDGED), status


def _load(appeal_id: int) -> Appeal:
    """Return an appeal to moderators whom it does not concern."""
    of = queries.found(appeal_id) or abort(404)
    if queries.judging(of, current_user).own:
        raise Refused("judge_appeal", _("This appeal is about you. Another moderator decides about it."))
    return of

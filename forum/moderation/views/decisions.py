"""Deciding, what was decided as its author reads it, and taking it back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.accounts import queries as accounts
from forum.core import pages
from forum.core.access import also_banned, me, sensitive, signed_in
from forum.core.rules import Refused, refusal, require
from forum.moderation.actions import deciding
from forum.moderation.actions.kinds import BAN, KINDS, offered
from forum.moderation.blueprint import bp
from forum.moderation.forms import AppealForm, UndoForm
from forum.moderation.models import Decision
from forum.moderation.names import JUDGED
from forum.moderation.queries import appeals, cases, decisions, flags
from forum.moderation.targets import FIELD_NOTE, PROFILE, REPLY, THREAD
from forum.moderation.views.cases import Page, case_page, decide_form, load, onward
from forum.moderation.wording import place_of
from forum.rules import queries as house


def _bans() -> bool:
    return request.form.get("kind") == BAN


@bp.post("/moderation/cases/<int:case_id>/decisions")
@signed_in
@sensitive(_bans)
def decide_case(case_id: int) -> Page:
    of = load(case_id)
    form = decide_form(of)
    if not form.validate():
        refused = refusal("work_on_case", current_user, cases.desk(of, current_user))
        return case_page(of, decide=form, sentence=refused), 409 if refused else 422
    try:
        deciding.decide(of, form.ruling(), by=me())
    except Refused as refused:
        return case_page(load(case_id), decide=form, sentence=refused.sentence), 409
    flash(_("Your decision stands. Whoever flagged it is told what came of it."))
    return onward(case_id)


@bp.route("/moderation/replies/<int:reply_id>/decide", methods=["GET", "POST"])
@signed_in
@sensitive(_bans)
def decide_reply(reply_id: int) -> Page:
    return _decide(REPLY, reply_id, url_for("threads.permalink", reply_id=reply_id))


@bp.route("/moderation/threads/<int:thread_id>/decide", methods=["GET", "POST"])
@signed_in
@sensitive(_bans)
def decide_thread(thread_id: int) -> Page:
    return _decide(THREAD, thread_id, url_for("threads.show", reference=thread_id))


@bp.route("/moderation/field-notes/<int:note_id>/decide", methods=["GET", "POST"])
@signed_in
def decide_field_note(note_id: int) -> Page:
    return _decide(FIELD_NOTE, note_id, url_for("commitments.note", note_id=note_id))


@bp.route("/moderation/members/<name>/decide", methods=["GET", "POST"])
@signed_in
@sensitive(_bans)
def decide_member(name: str) -> Page:
    found = accounts.named(name) or abort(404)
    return _decide(PROFILE, found.id, url_for("accounts.member", name=found.name))


def _decide(kind: str, id_: int, back: str) -> Page:
    """Decide on one's own initiative; where a case about it is open, there."""
    require("see_cases", current_user)
    subject = flags.subject(kind, id_, current_user) or abort(404)
    target = flags.target(subject, current_user)
    if (case := flags.open_case(target)) and request.method == "GET":
        return redirect(url_for("moderation.case", case_id=case.id), 303)
    of = flags.unopened(target, subject)
    require("see_case", current_user, cases.desk(of, current_user))
    latest = decisions.latest(target)
    known = latest.id if latest else 0
    form = decide_form(of, **({"known": known} if request.method == "GET" else {}))
    sentence, status = None, 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                made = deciding.decide_on_own(subject, form.ruling(), known=_number(form.known.data or ""), by=me())
            except Refused as refused:
                sentence, status = refused.sentence, 409
                form.known.data = known
                form.offer([kind for kind in offered(of, me()) if kind.restricts], house.choices())
            else:
                flash(_("Your decision stands."))
                return redirect(url_for("moderation.decision", decision_id=made.id), 303)
    shown = {"kind": kind, "subject": subject, "back": back, "decide": form, "sentence": sentence}
    return render_template("moderation/decide.html", **shown, latest=latest, kinds=KINDS), status


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


@bp.get("/moderation/decisions")
@signed_in
@also_banned
def own_decisions() -> Page:
    """All that was decided about what is one's own, the latest first."""
    page = decisions.of_author(current_user, pages.place())
    return render_template("moderation/decisions.html", page=page, kinds=KINDS)


@bp.get("/moderation/decisions/<int:decision_id>")
@signed_in
@also_banned
def decision(decision_id: int) -> Page:
    """The statement of reasons, for whom a decision binds, and for moderators."""
    return decision_page(_load(decision_id))


def _load(decision_id: int) -> Decision:
    return decisions.statement(decision_id, current_user) or abort(404)


def decision_page(of: Decision, **more: Any) -> str:
    ruled = house.rules(house.version(of.rule_version)) if of.rule_key else []
    rule = next((f"{one.number}. {one.title}" for one in ruled if one.key == of.rule_key), of.rule_key)
    own = of.author_id == current_user.id
    return render_template(
        "moderation/decision.html",
        decision=of,
        kind=KINDS[of.kind],
        own=own,
        rule=rule,
        rule_address=house.address(of.rule_version, of.rule_key) if rule else "/rules",
        undoing=decisions.undoing(of, current_user),
        place_of_entry=place_of,
        appeals=appeals.of_decision(of.id) if current_user.moderates else [],
        own_appeal=appeals.own(of, current_user) if own else None,
        why_not=refusal("appeal", current_user, appeals.appealing(of, current_user)) if own else None,
        alone=appeals.alone(of),
        judged=JUDGED,
        **{"appeal": AppealForm(formdata=None), "sentence": None, **more},
    )


@bp.get("/moderation/replies/<int:reply_id>/decision")
@signed_in
@also_banned
def of_reply(reply_id: int) -> Page:
    """Lead to why a reply is not shown as it was."""
    found = decisions.of_reply(reply_id, current_user)
    place = url_for("moderation.decision", decision_id=found) if found else url_for("moderation.own_decisions")
    return redirect(place, 302)


@bp.route("/moderation/decisions/<int:decision_id>/undo", methods=["GET", "POST"])
@signed_in
def undo(decision_id: int) -> Page:
    require("see_cases", current_user)
    of, form, sentence = _load(decision_id), UndoForm(), None
    why = refusal("undo_decision", current_user, decisions.undoing(of, current_user))
    if why and not form.is_submitted():
        raise Refused("undo_decision", why)
    if form.validate_on_submit():
        try:
            deciding.undo(of, reason=form.reason.data, by=me())
        except Refused as refused:
            sentence = refused.sentence
        else:
            flash(_("The decision is taken back, and all is as it was."))
            return redirect(url_for("moderation.decision", decision_id=decision_id), 303)
    status = 409 if sentence else 422 if form.errors else 200
    shown = {"decision": _load(decision_id), "kind": KINDS[of.kind], "form": form, "sentence": sentence}
    return render_template("moderation/undo.html", **shown), status

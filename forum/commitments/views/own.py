"""One's own commitments: noted, answered, told of, thrown away. Nobody else has a page of them, whoever they are."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.commitments import queries
from forum.commitments.actions import committing, telling
from forum.commitments.blueprint import bp
from forum.commitments.forms import AnswerForm, CommitForm, TellForm
from forum.commitments.models import Commitment
from forum.commitments.plans import ANSWERS
from forum.commitments.practice import KEY
from forum.core.access import me, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal
from forum.practices import queries as practices
from forum.themes import queries as themes
from forum.threads.forms import form_key

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse


@bp.get("/commitments")
@signed_in
def everything() -> Page:
    kept = queries.everything(me().id)
    plans = {one.id: one.plan for one in kept}
    told = [plan.note for plan in plans.values() if plan and plan.note]
    return render_template(
        "commitments/list.html",
        kept=kept,
        plans=plans,
        themes={theme.id: theme for theme in themes.everything()},
        notes=queries.by_ids(told) if told else {},
        questions=queries.questions(told, current_user) if told else {},
        answers=ANSWERS,
        sentence=queries.sentence,
        unreadable=queries.unreadable(),
        offered=practices.on(KEY),
    )


@bp.route("/commitments/new/<key>", methods=["GET", "POST"])
@signed_in
def commit(key: str) -> Page:
    theme = themes.by_key(key) or abort(404)
    form = CommitForm()
    if not form.is_submitted():
        form.form_key.data = form_key()
    why = refusal("commit", current_user, queries.room(current_user, theme.key))

    def act() -> Page:
        words = form.words
        committing.commit(theme, words, ask_on=form.day, by=me(), form_key=form.form_key.data)
        flash(_("It is noted. Only you see it."))
        return redirect(url_for("commitments.everything"), 303)

    return _sent(form, act, lambda sentence: _commit_page(form, theme, why, sentence))


def _commit_page(form: CommitForm, theme: Any, why: str | None, sentence: str | None) -> str:
    return render_template("commitments/new.html", form=form, theme=theme, why=why, sentence=sentence)


def _sent(form: Any, act: Callable[[], Page], page: Callable[[str | None], str]) -> Page:
    """Do what a form asks for, if it was sent and is right; else show it again with all that was typed."""
    if not form.is_submitted():
        return page(None)
    if not form.validate():
        return page(None), 422
    try:
        return act()
    except Refused as refused:
        return page(refused.sentence), 403
    except TooOften as often:
        return page(often.sentence), 429, {"Retry-After": str(often.wait)}


def _load(commitment_id: int) -> Commitment:
    return queries.own(commitment_id, current_user) or abort(404)


@bp.post("/commitments/<int:commitment_id>/answer")
@signed_in
def answer(commitment_id: int) -> Page:
    own, form = _load(commitment_id), AnswerForm()
    if form.validate():
        committing.answer(own, form.answer.data, by=me())
        flash(_("Noted. If you like, tell others what came of it."))
    else:
        flash(_("Please choose one."))
    return redirect(url_for("commitments.everything", _anchor=f"c{commitment_id}"), 303)


@bp.post("/commitments/<int:commitment_id>/delete")
@signed_in
def throw_away(commitment_id: int) -> Page:
    committing.throw_away(_load(commitment_id), by=me())
    flash(_("It is gone."))
    return redirect(url_for("commitments.everything"), 303)


@bp.route("/commitments/<int:commitment_id>/note", methods=["GET", "POST"])
@signed_in
def tell(commitment_id: int) -> Page:
    own = _load(commitment_id)
    plan = own.plan or abort(404)
    form, key = TellForm(), queries.theme_key(plan.theme_id)
    if plan.note and not form.is_submitted():
        return redirect(url_for("commitments.note", note_id=plan.note), 302)
    why = refusal("tell_field_note", current_user, queries.telling(own, current_user, key))

    def act() -> Page:
        note = telling.tell(own, form.told, by=me())
        flash(_("Your field note stands under its theme."))
        return redirect(url_for("commitments.note", note_id=note.id), 303)

    def page(sentence: str | None) -> str:
        said = queries.sentence(plan)
        return render_template("commitments/tell.html", form=form, said=said, why=why, sentence=sentence, theme=key)

    return _sent(form, act, page)

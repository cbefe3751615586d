"""Field notes: read by everyone, asked about where the door is open."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.commitments import queries
from forum.commitments.actions import telling
from forum.commitments.blueprint import bp
from forum.commitments.forms import AskForm
from forum.commitments.models import FieldNote
from forum.commitments.practice import KEY
from forum.commitments.views.own import Page
from forum.core import pages
from forum.core.access import me, public, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, may, refusal
from forum.practices import queries as practices
from forum.themes import queries as themes


def _load(note_id: int) -> FieldNote:
    return queries.note(note_id, current_user) or abort(404)


@bp.get("/commitments/themes/<key>")
@public
def listed(key: str) -> Page:
    """Return all field notes of a theme, the latest first."""
    theme = themes.by_key(key) or abort(404)
    page = queries.listed(theme.id, pages.place(), current_user)
    questions = queries.questions([row[0].id for row in page.rows], current_user) if page.rows else {}
    offered = practices.on(KEY, queries.essays_of(key))
    return render_template("commitments/notes.html", theme=theme, page=page, questions=questions, offered=offered)


@bp.get("/commitments/notes/<int:note_id>")
@public
def note(note_id: int) -> Page:
    found = _load(note_id)
    if found.about_id:
        return redirect(url_for("commitments.note", note_id=found.about_id, _anchor=f"f{found.id}"), 302)
    return _page(found, AskForm(formdata=None))


def _page(found: FieldNote, form: AskForm, sentence: str | None = None) -> str:
    who = current_user
    asked = queries.questions([found.id], who).get(found.id, [])
    return render_template(
        "commitments/note.html",
        note=found,
        questions=asked,
        mine={one.id for one in [found, *(row[0] for row in asked)] if may("take_back_note", who, one)},
        why=refusal("ask_about_note", who, queries.asking(found, who)),
        form=form,
        sentence=sentence,
    )


@bp.post("/commitments/notes/<int:note_id>/questions")
@signed_in
def ask(note_id: int) -> Page:
    found, form = _load(note_id), AskForm()
    if found.about_id:
        abort(404)
    if not form.validate():
        return _page(found, form), 422
    try:
        made = telling.ask(found, form.question.data, by=me())
    except Refused as refused:
        return _page(found, form, refused.sentence), 403
    except TooOften as often:
        return _page(found, form, often.sentence), 429, {"Retry-After": str(often.wait)}
    return redirect(url_for("commitments.note", note_id=note_id, _anchor=f"f{made.id}"), 303)


@bp.post("/commitments/notes/<int:note_id>/withdraw")
@signed_in
def withdraw(note_id: int) -> Page:
    found = _load(note_id)
    about = found.about_id
    telling.take_back(found, by=me())
    flash(_("It is taken back, and its words are erased."))
    if about:
        return redirect(url_for("commitments.note", note_id=about), 303)
    return redirect(url_for("commitments.everything"), 303)

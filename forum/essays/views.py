from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectChoice

from forum.core.access import me, signed_in
from forum.core.rules import Refused, require
from forum.core.text import clean
from forum.essays import queries
from forum.essays.actions import publish
from forum.essays.forms import ImportForm
from forum.essays.importing import EssayText, Unreadable, read_essay
from forum.essays.models import Essay
from forum.essays.reading_bytes import text_of
from forum.essays.theme_lines import Named, read_themes, write_themes
from forum.themes import queries as themes
from forum.threads import queries as threads

bp = Blueprint("essays", __name__)
Page = str | tuple[str, int] | AnyResponse


@bp.get("/essays/import")
@signed_in
def new() -> Page:
    require("import_essay", current_user)
    form = ImportForm(formdata=None)
    form.into.choices = _targets()
    return render_template("essays/import.html", form=form, text=None, sentence=None)


@bp.post("/essays/import")
@signed_in
def import_essay() -> Page:
    """Show what would be taken for what; publish only when the preview was seen."""
    require("import_essay", current_user)
    form = ImportForm()
    form.into.choices = _targets()
    text = None
    try:
        text = _read(form)
        text = _themed(text, form)
        if "publish" in request.form:
            essay = publish(text, by=me(), into=_into(form))
            flash(_("The essay is published."))
            return redirect(url_for("threads.show", reference=threads.essay_threads()[essay.id]), 303)
    except Unreadable as unreadable:
        sentence = _(unreadable.sentence, **unreadable.values)
        return render_template("essays/import.html", form=form, text=text, sentence=sentence), 422
    except Refused as refused:
        return render_template("essays/import.html", form=form, text=text, sentence=refused.sentence), 422
    known = queries.titled(text.title)
    form.into.data = form.into.data or (str(known.id) if known else "")
    if not form.themes.data and text.themes:
        form.themes.data = write_themes(text.themes)
    return render_template("essays/import.html", form=form, text=text, sentence=None)


def _read(form: ImportForm) -> EssayText:
    """Return the essay that was uploaded or pasted; from then on its text travels in the form's own field."""
    upload = request.files.get("file")
    if upload and upload.filename:
        form.filename.data = upload.filename
        form.text.data = clean(text_of(upload.read()))
    return read_essay(form.text.data or "", filename=form.filename.data or "")


def _themed(text: EssayText, form: ImportForm) -> EssayText:
    """Return the essay with the themes that were typed, if any. Raises Unreadable."""
    if form.themes.data in {None, "", clean(write_themes(text.themes))}:
        return text
    known: list[Named] = [*themes.everything(), *text.themes]
    return replace(text, themes=read_themes(form.themes.data, len(text.passages), known))


def _targets() -> list[SelectChoice]:
    editions = [
        SelectChoice(str(essay.id), _("A new edition of “%(title)s”", title=essay.title))
        for essay in queries.everything()
    ]
    return [SelectChoice("", _("A new essay")), *editions]


def _into(form: ImportForm) -> Essay | None:
    return next((essay for essay in queries.everything() if str(essay.id) == form.into.data), None)

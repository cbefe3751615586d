"""The rules of the house, their versions, and changing them."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forum.core import i18n, pages
from forum.core.access import also_banned, me, public, sensitive, signed_in
from forum.core.config import LOCALES
from forum.core.differences import differences
from forum.core.rules import require
from forum.core.shared import shared
from forum.pages import queries as house
from forum.rules import actions, queries
from forum.rules.forms import RulesForm

bp = Blueprint("rules", __name__)
Page = str | tuple[str, int] | Response


@bp.get("/rules")
@public
@shared
@also_banned
def rules() -> Page:
    standing = queries.version()
    _source, html = house.text("rules", i18n.locale())
    return render_template("rules/rules.html", version=standing, rules=queries.rules(standing), html=html)


@bp.get("/rules/versions")
@public
@shared
@also_banned
def versions() -> Page:
    locale = i18n.locale()
    page = queries.versions(pages.place(), locale)
    texts = [(c.version, differences(c.before, queries.source(c.version, locale))) for c in page.rows]
    return render_template("rules/versions.html", page=page, texts=texts)


@bp.get("/rules/versions/<int:number>")
@public
@shared
@also_banned
def version(number: int) -> Page:
    """The rules as they stood, for whoever follows a decision to the rule that it names."""
    found = queries.version(number) or abort(404)
    return render_template("rules/version.html", version=found, rules=queries.rules(found), latest=queries.latest())


@bp.route("/rules/edit", methods=["GET", "POST"])
@signed_in
@sensitive(lambda: "preview" not in request.form)
def edit() -> Page:
    require("change_rules", current_user)
    standing = queries.version() or abort(404)
    form = RulesForm(**{locale: queries.source(standing, locale) for locale in LOCALES}, known=standing.number)
    sentence = None
    if form.validate_on_submit() and "preview" not in request.form:
        if actions.change(form.sources, note=form.note.data, known=_number(form.known.data), by=me()):
            flash(_("The rules stand as you wrote them."))
            return redirect("/rules", 303)
        form.known.data = queries.latest()
        sentence = _(
            "Somebody published other rules meanwhile. Please look at them, and send yours again if they still hold."
        )
    status = 409 if sentence else 422 if form.errors else 200
    return render_template("rules/edit.html", form=form, sentence=sentence), status


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004

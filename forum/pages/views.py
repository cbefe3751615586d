"""The door, and the pages of the house."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core import holdings, i18n, site
from forum.core.access import also_banned, me, public, signed_in
from forum.core.config import LOCALES
from forum.core.pages import Place
from forum.core.rules import require
from forum.core.shared import shared
from forum.essays import queries as essays
from forum.pages import actions, queries
from forum.pages.forms import HouseTextForm, SafetyForm
from forum.themes import queries as themes
from forum.threads import queries as threads
from forum.threads.forms import ReplyForm
from forum.threads.order import AS_WRITTEN

bp = Blueprint("pages", __name__)
bp.add_app_template_global(queries.safety_note)
Page = str | tuple[str, int] | AnyResponse
ON_THE_DOOR = 10


@bp.get("/")
@public
@shared
def home() -> Page:
    conversations = threads.essay_threads()
    texts_here = [(essay, edition, conversations[essay.id]) for essay, edition in essays.all_current()]
    pinned, page = threads.threads(current_user, Place())
    return render_template(
        "pages/home.html",
        essays=texts_here,
        themes=themes.everything(),
        pinned=[row for row in pinned if not row.essay_id],
        threads=[row for row in page.rows if not row.essay_id][:ON_THE_DOOR],
    )


def _house(name: str) -> Page:
    _source, html = queries.text(name, i18n.locale())
    return render_template("pages/house.html", name=name, title=queries.TITLES[name], html=html)


@bp.get("/about")
@public
@shared
@also_banned
def about() -> Page:
    return _house("about")


@bp.get("/privacy")
@public
@shared
@also_banned
def privacy() -> Page:
    """What is kept stands in it as the program has it, in whichever words the host puts around that."""
    _source, html = queries.text("privacy", i18n.locale())
    before, _mark, after = html.partition(queries.KEPT)
    shown = {"before": before, "after": after, "groups": list(holdings.grouped())}
    return render_template("pages/privacy.html", title=queries.TITLES["privacy"], **shown)


@bp.get("/help")
@public
@shared
@also_banned
def help() -> Page:  # noqa: A001 (the page is called that)
    return _house("help")


@bp.route("/pages/<name>/<locale>", methods=["GET", "POST"])
@signed_in
def edit(name: str, locale: str) -> Page:
    require("edit_house_text", current_user)
    if name not in queries.TITLES or locale not in LOCALES:
        abort(404)
    form = HouseTextForm(source=queries.text(name, locale)[0])
    if form.validate_on_submit():
        actions.edit(name, locale, form.source.data, by=me())
        flash(_("Saved."))
        return redirect(f"/{name}", 303)
    status = 422 if form.errors else 200
    title = queries.TITLES[name]
    return render_template("pages/edit.html", form=form, title=title, back=title, name=name, language=locale), status


@bp.route("/help/safety/<locale>", methods=["GET", "POST"])
@signed_in
def edit_safety(locale: str) -> Page:
    require("edit_house_text", current_user)
    if locale not in LOCALES:
        abort(404)
    form = SafetyForm(source=queries.safety(locale)[0].rstrip())
    if form.validate_on_submit():
        actions.edit_safety(locale, form.source.data, by=me())
        flash(_("Saved."))
        return redirect(url_for("pages.help"), 303)
    status = 422 if form.errors else 200
    titles = {"title": _("Safety note"), "back": queries.TITLES["help"]}
    return render_template("pages/edit.html", form=form, **titles, name="help", language=locale), status


@bp.get("/patterns")
@public
def patterns() -> Page:
    """Every part of the pages, shown once. In development only."""
    if not current_app.debug:
        abort(404)
    form = ReplyForm(formdata=None)
    form.offer(themes.everything())
    pinned, page = threads.threads(current_user, Place())
    first = themes.everything()[0]
    return render_template(
        "pages/patterns.html",
        themes=themes.everything(),
        threads=[*pinned, *page.rows[:4]],
        replies_shown=threads.of_theme(first.id, Place(), current_user, AS_WRITTEN).rows[:3],
        form=form,
    )


@bp.get("/robots.txt")
@public
@also_banned
def robots() -> Response:
    lines = ["User-agent: *", "Disallow: /login", "Disallow: /register", "Disallow: /language/"]
    lines += ["", f"Sitemap: {site.absolute('/sitemap.xml')}"]
    return make_response("\n".join(lines) + "\n", {"Content-Type": "text/plain; charset=utf-8"})


@bp.get("/favicon.ico")
@public
@also_banned
def favicon() -> Page:
    return redirect(url_for("assets.static", version="0", path="icon.svg"), 301)

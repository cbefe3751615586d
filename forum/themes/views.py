from flask import Blueprint, abort, render_template
from flask_login import current_user

from forum.accounts import queries as accounts
from forum.core import pages
from forum.core.access import public
from forum.core.shared import shared
from forum.essays import queries as essays
from forum.themes import queries
from forum.threads import queries as threads
from forum.threads.views.threads import asked_order

bp = Blueprint("themes", __name__)


@bp.get("/themes/<key>")
@public
@shared
def show(key: str) -> str:
    """One theme: its question, the passages that carry it, its threads, its replies."""
    theme = queries.by_key(key) or abort(404)
    essay_threads = threads.essay_threads()
    texts = [
        (essay, essay_threads[essay.id], [p for p in edition.content if theme.key in p["themes"]])
        for essay, edition in essays.all_current()
    ]
    order = asked_order()
    pinned, listed = threads.threads(current_user, pages.Place(), theme.id)
    return render_template(
        "themes/show.html",
        theme=theme,
        texts=[text for text in texts if text[2]],
        pinned=pinned,
        threads=listed,
        page=threads.of_theme(theme.id, pages.place(), current_user, order),
        order=order,
        facilitators=accounts.facilitators(theme.id),
        themes=queries.everything(),
    )

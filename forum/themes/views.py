from flask import Blueprint, abort, render_template
from flask_login import current_user

from forum.accounts import queries as accounts
from forum.commitments import queries as commitments
from forum.commitments.forms import CommitForm
from forum.commitments.practice import KEY
from forum.core import pages
from forum.core.access import public
from forum.core.shared import hole, shared
from forum.essays import queries as essays
from forum.practices import queries as practices
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
    offered = current_user and practices.on(KEY, [essay.id for essay, _thread, passages in texts if passages])
    pinned, listed = threads.threads(current_user, pages.Place(), theme.id)
    return render_template(
        "themes/show.html",
        theme=theme,
        texts=[text for text in texts if text[2]],
        pinned=pinned,
        threads=listed,
        page=threads.of_theme(theme.id, pages.place(), current_user, order),
        order=order,
        told=commitments.drawn(theme.id, current_user),
        commit_form=CommitForm(formdata=None, form_key=hole("key")) if offered else None,
        facilitators=accounts.facilitators(theme.id),
        themes=queries.everything(),
    )

from collections.abc import Callable
from typing import Any, Never, TypeVar
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts.rules import kept_silent
from forum.core import clock, errors, pages
from forum.core.access import me, public, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal, require
from forum.core.shared import hole, shared, shared_unless
from forum.drafts import restoring
from forum.drafts.queries import waits_in
from forum.drafts.targets import NEW, OPENING, Target
from forum.essays.models import PassageText
from forum.themes import queries as themes
from forum.threads import queries
from forum.threads.actions import opening, replying
from forum.threads.actions.mentioning import written
from forum.threads.actions.quoting import WordsLost
from forum.threads.blueprint import bp
from forum.threads.forms import LONGEST, EditThreadForm, ReplyForm, ThreadForm
from forum.threads.models import Thread
from forum.threads.order import OF_ESSAYS, ORDERS, Order, chosen
from forum.threads.part import Filter
from forum.threads.stream import stream
from forum.threads.views import quoting
from forum.waiting import actions as waiting
from forum.waiting.models import Waiting

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse
Reference = tuple[int, str]
T = TypeVar("T")


def load(reference: Reference) -> tuple[Thread, list[PassageText]]:
    """Return what the reader may see under this address; a thread that was merged leads to where it stands now."""
    return queries.thread(reference[0], current_user) or _moved(reference[0])


def _moved(thread_id: int) -> Never:
    into = queries.merged_into(thread_id, current_user) if request.method == "GET" else None
    abort(redirect(url_for("threads.show", reference=into), 301) if into else 404)


@bp.errorhandler(NotFound)
def _gone(_error: NotFound) -> Page:
    return errors.unlost(404, *errors.words(404))


@bp.errorhandler(Refused)
def _refused(error: Refused) -> Page:
    return errors.unlost(403, errors.words(403)[0], error.sentence)


def previewed(source: str | None) -> str:
    """Return a text as it would stand, as far as any text may go."""
    return written((source or "")[:LONGEST]).html


@bp.get("/threads")
@public
@shared
def threads() -> Page:
    chosen = request.args.get("theme")
    theme = themes.by_key(chosen) or abort(404) if chosen else None
    pinned, page = queries.threads(current_user, pages.place(), theme.id if theme else None)
    return render_template("threads/list.html", pinned=pinned, page=page, theme=theme, themes=themes.everything())


@bp.get("/threads/<reference:reference>")
@public
@shared_unless(waits_in)
def show(reference: Reference) -> Page:
    thread, content = load(reference)
    if reference[1] != thread.slug:
        return _to(thread)
    return thread_page(thread, content, _chosen_passage(content, request.args.get("passage")))


@bp.get("/threads/<reference:reference>/replies")
@public
@shared
def replies(reference: Reference) -> Page:
    """Lead on whoever comes back by GET to where a form was sent: by a link of the page that answered it, or a bookmark."""
    thread, _content = load(reference)
    return _to(thread)


def _to(thread: Thread) -> AnyResponse:
    """Redirect to a thread by its own address, with the query as it came: never by keywords, some of which Flask obeys."""
    query = urlencode(list(request.args.items(multi=True)))
    return redirect(url_for("threads.show", reference=thread) + (f"?{query}" if query else ""), 301)


def thread_page(
    thread: Thread,
    content: list[PassageText],
    passage: PassageText | None,
    form: ReplyForm | None = None,
    **more: Any,
) -> str:
    """Return a thread's page: an essay's with its text and themes, a member's with its opening text."""
    count = queries.counted(thread.id) if thread.essay_id else None
    theme = _chosen_theme(count, request.args.get("theme")) if count else None
    rail = _rail(theme.key, count) if count and theme and not passage else None
    only = Filter(theme.id if theme else None, passage["id"] if passage else None, rail)
    order = asked_order(OF_ESSAYS if thread.essay_id and only.everything else ORDERS)
    talk = stream(thread, current_user, pages.place(), only, order)
    if form is None and refusal("reply", current_user, thread) is None:
        form = ReplyForm(
            formdata=None,
            form_key=hole("key"),
            passage=passage["key"] if passage else "",
            theme=theme.key if theme else "",
        )
        quoting.ask(form)
        offer_themes(form, thread, count.themes if count else [], passage)
    draft = restoring.to_thread(form, thread.id) if form else None
    lost = quoting.gone(form, passage) if form else None
    marked, not_found = quoting.marked(thread, passage, form)
    return render_template(
        "threads/essay.html" if thread.essay_id else "threads/thread.html",
        thread=thread,
        content=content,
        count=count,
        theme=theme,
        passage=passage,
        page=talk.page,
        entries=talk.entries,
        rail=talk.rail,
        shown=talk.shown,
        order=order,
        form=form,
        passage_keys={p["id"]: p["key"] for p in content},
        marked=marked,
        draft=draft,
        **{"preview": None, "sentence": lost or not_found, **more},
    )


def _rail(key: str, count: queries.Count) -> tuple[int, ...]:
    """Return the passages at which someone spoke under a theme: those of the text, and those that a new edition left out."""
    return tuple(passage_id for passage_id, theme in count.by_both if theme == key)


def asked_order(offered: tuple[str, ...] = ORDERS) -> Order:
    """Return the order in which this request asks for replies."""
    return chosen(request.args.get("order"), request.args.get("hour"), clock.now(), offered)


def _chosen_theme(count: queries.Count, key: str | None) -> Any:
    return next((t for t in count.themes if t.key == key), None) or abort(404) if key else None


def _chosen_passage(content: list[PassageText], key: str | None) -> PassageText | None:
    return next((p for p in content if p["key"] == key), None) or abort(404) if key else None


def offer_themes(form: ReplyForm, thread: Thread, all_themes: Any, passage: PassageText | None) -> None:
    """Offer the themes that a reply can belong under: the thread's own, the passage's, or any; and how it may speak."""
    if thread.asking_only:
        form.only_ask()
    if thread.theme is not None:
        form.offer([], fixed=thread.theme.key)
    elif passage and passage["themes"]:
        form.offer([theme for theme in all_themes if theme.key in passage["themes"]])
    else:
        form.offer(all_themes)


def tried(write: Callable[[], T]) -> tuple[T | None, str | None, int, dict[str, str]]:
    """Return what was written, or why it was not: (None, sentence, status, headers), for the form to say it."""
    try:
        return write(), None, 303, {}
    except Refused as refused:
        return None, refused.sentence, 403, {}
    except TooOften as often:
        return None, often.sentence, 429, {"Retry-After": str(often.wait)}
    except WordsLost as lost:
        return None, lost.sentence, 409, {}


@bp.post("/threads/<reference:reference>/replies")
@signed_in
def reply(reference: Reference) -> Page:
    thread, content = load(reference)
    form = ReplyForm()
    # A passage that a new edition left out while this was written is no reason to lose it: it goes under the essay.
    passage = next((p for p in content if p["key"] == form.passage.data), None)
    form.passage.data = passage["key"] if passage else ""
    gone = quoting.gone(form, passage)
    all_themes = themes.everything()
    offer_themes(form, thread, all_themes, passage)
    if gone:
        return thread_page(thread, content, passage, form, sentence=gone), 409
    if "preview" in request.form:
        return thread_page(thread, content, passage, form, preview=previewed(form.body.data))
    if not form.validate():
        return thread_page(thread, content, passage, form), 422
    words = replying.Words(
        theme_id=next(theme.id for theme in all_themes if theme.key == form.theme.data),
        kind=form.kind.data,
        source=form.body.data,
        passage_id=passage["id"] if passage else None,
        edition=thread.essay.edition_number if thread.essay else 0,
        quote=form.quote,
    )
    key, draft = form.form_key.data, restoring.sent()
    made, sentence, status, headers = tried(lambda: waiting.reply(thread, words, by=me(), form_key=key, draft=draft))
    if isinstance(made, Waiting):
        return redirect(url_for("waiting.show", number=made.id), 303)
    if made:
        return redirect(url_for("threads.permalink", reply_id=made.id), 303)
    thread, content = load(reference)
    return thread_page(thread, content, passage, form, sentence=sentence), status, headers


@bp.get("/threads/new")
@signed_in
def new() -> Page:
    if sentence := kept_silent(me()):
        raise Refused("open_thread", sentence)
    waiting.hold_back(me())
    form = ThreadForm(formdata=None, theme=request.args.get("theme", ""), form_key=hole("key"))
    return _new_page(form)


def _new_page(form: ThreadForm, **more: Any) -> str:
    offered = themes.everything()
    form.offer(offered)
    theme_id = next((theme.id for theme in offered if theme.key == form.theme.data), 0)
    draft = restoring.restore(form, Target(NEW, theme_id))
    return render_template("threads/new.html", form=form, draft=draft, **{"preview": None, "sentence": None, **more})


@bp.post("/threads")
@signed_in
def open_thread() -> Page:
    form = ThreadForm()
    form.offer(themes.everything())
    if "preview" in request.form:
        return _new_page(form, preview=previewed(form.body.data))
    if not form.validate():
        return _new_page(form), 422
    theme = themes.by_key(form.theme.data) or abort(404)
    title, source, key, draft = form.title.data, form.body.data, form.form_key.data, restoring.sent()
    thread, sentence, status, headers = tried(
        lambda: opening.open_thread(theme, title=title, source=source, by=me(), form_key=key, draft=draft)
    )
    if thread:
        return redirect(url_for("threads.show", reference=thread), 303)
    return _new_page(form, sentence=sentence), status, headers


@bp.route("/threads/<reference:reference>/edit", methods=["GET", "POST"])
@signed_in
def edit_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("edit_thread", current_user, thread)
    form = EditThreadForm() if request.method == "POST" else EditThreadForm(title=thread.title, body=thread.source)
    draft = restoring.restore(form, Target(OPENING, thread.id))
    preview = previewed(form.body.data) if "preview" in request.form else None
    if request.method == "POST" and preview is None and form.validate():
        opening.edit_thread(thread, title=form.title.data, source=form.body.data, by=me(), draft=draft.sequence)
        flash(_("Saved."))
        return redirect(url_for("threads.show", reference=thread), 303)
    status = 422 if form.errors else 200
    page = render_template("threads/edit_thread.html", thread=thread, form=form, preview=preview, draft=draft)
    return page, status


@bp.post("/threads/preview")
@signed_in
def preview() -> Page:
    """Return a text as it would stand, for the live preview: the same renderer, nothing stored."""
    return previewed(request.form.get("body"))

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts.models import Member
from forum.core import markdown, pages
from forum.core.access import public, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal, require
from forum.essays.models import PassageText
from forum.themes import queries as themes
from forum.threads import queries
from forum.threads.actions import opening, replying
from forum.threads.blueprint import bp
from forum.threads.forms import EditThreadForm, ReplyForm, ThreadForm, form_key
from forum.threads.models import Thread
from forum.threads.stream import Filter, stream

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse
Reference = tuple[int, str]


def me() -> Member:
    """Return the member who asks, as the object itself."""
    return current_user._get_current_object()  # type: ignore[no-any-return]  # noqa: SLF001 (Flask's way to it)


def load(reference: Reference) -> tuple[Thread, list[PassageText]]:
    return queries.thread(reference[0], current_user) or abort(404)


@bp.get("/threads")
@public
def threads() -> Page:
    chosen = request.args.get("theme")
    theme = themes.by_key(chosen) or abort(404) if chosen else None
    pinned, page = queries.threads(current_user, pages.place(), theme.id if theme else None)
    return render_template(
        "threads/list.html", pinned=pinned, page=page, theme=theme, themes=themes.everything()
    )


@bp.get("/threads/<reference:reference>")
@public
def show(reference: Reference) -> Page:
    thread, content = load(reference)
    if reference[1] != thread.slug:
        return redirect(url_for("threads.show", reference=thread, **request.args.to_dict()), 301)
    return thread_page(thread, content)


def thread_page(thread: Thread, content: list[PassageText], form: ReplyForm | None = None, **more: Any) -> str:  # noqa: ANN401
    """Return a thread's page: an essay's with its text and themes, a member's with its opening text."""
    count = queries.counted(thread.id) if thread.essay_id else None
    theme = _chosen_theme(count, request.args.get("theme")) if count else None
    passage = _chosen_passage(content, request.values.get("passage"))
    only = Filter(theme.id if theme else None, passage["id"] if passage else None)
    page, entries = stream(thread, current_user, pages.place(), only)
    if form is None and refusal("reply", current_user, thread) is None:
        form = ReplyForm(
            formdata=None,
            form_key=form_key(),
            passage=passage["key"] if passage else "",
            theme=theme.key if theme else "",
        )
        offer_themes(form, thread, count.themes if count else [], passage)
    return render_template(
        "threads/essay.html" if thread.essay_id else "threads/thread.html",
        thread=thread,
        content=content,
        count=count,
        theme=theme,
        passage=passage,
        page=page,
        entries=entries,
        form=form,
        passage_keys={p["id"]: p["key"] for p in content},
        **{"preview": None, "sentence": None, **more},
    )


def _chosen_theme(count: queries.Count, key: str | None) -> Any:  # noqa: ANN401
    return next((t for t in count.themes if t.key == key), None) or abort(404) if key else None


def _chosen_passage(content: list[PassageText], key: str | None) -> PassageText | None:
    return next((p for p in content if p["key"] == key), None) or abort(404) if key else None


def offer_themes(form: ReplyForm, thread: Thread, all_themes: Any, passage: PassageText | None) -> None:  # noqa: ANN401
    """Offer the themes that a reply can belong under: the thread's own, the passage's, or any."""
    if thread.theme is not None:
        form.offer([], fixed=thread.theme.key)
    elif passage and passage["themes"]:
        form.offer([theme for theme in all_themes if theme.key in passage["themes"]])
    else:
        form.offer(all_themes)


@bp.post("/threads/<reference:reference>/replies")
@signed_in
def reply(reference: Reference) -> Page:
    thread, content = load(reference)
    form = ReplyForm()
    passage = next((p for p in content if p["key"] == form.passage.data), None)
    all_themes = themes.everything()
    offer_themes(form, thread, all_themes, passage)
    if "preview" in request.form:
        return thread_page(thread, content, form, preview=markdown.render(form.body.data or ""))
    status, sentence, headers = 422, None, {}
    if form.validate():
        words = replying.Words(
            theme_id=next(theme.id for theme in all_themes if theme.key == form.theme.data),
            kind=form.kind.data,
            source=form.body.data,
            passage_id=passage["id"] if passage else None,
            edition=thread.essay.edition_number if thread.essay else 0,
        )
        try:
            made = replying.reply(thread, words, by=me(), form_key=form.form_key.data)
        except Refused as refused:
            status, sentence = 403, refused.sentence
        except TooOften as often:
            status, sentence, headers = 429, often.sentence, {"Retry-After": str(often.wait)}
        else:
            return redirect(url_for("threads.permalink", reply_id=made.id), 303)
        thread, content = load(reference)
    return thread_page(thread, content, form, sentence=sentence), status, headers


@bp.get("/threads/new")
@signed_in
def new() -> Page:
    form = ThreadForm(formdata=None, theme=request.args.get("theme", ""), form_key=form_key())
    return _new_page(form)


def _new_page(form: ThreadForm, **more: Any) -> str:  # noqa: ANN401
    form.theme.choices = [("", _("Please choose")), *((t.key, t.name) for t in themes.everything())]
    return render_template("threads/new.html", form=form, **{"preview": None, "sentence": None, **more})


@bp.post("/threads")
@signed_in
def open_thread() -> Page:
    form = ThreadForm()
    form.theme.choices = [(theme.key, theme.name) for theme in themes.everything()]
    if "preview" in request.form:
        return _new_page(form, preview=markdown.render(form.body.data or ""))
    if not form.validate():
        return _new_page(form), 422
    theme = themes.by_key(form.theme.data) or abort(404)
    try:
        thread = opening.open_thread(
            theme, title=form.title.data, source=form.body.data, by=me(), form_key=form.form_key.data
        )
    except TooOften as often:
        return _new_page(form, sentence=often.sentence), 429, {"Retry-After": str(often.wait)}
    return redirect(url_for("threads.show", reference=thread), 303)


@bp.route("/threads/<reference:reference>/edit", methods=["GET", "POST"])
@signed_in
def edit_thread(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("edit_thread", current_user, thread)
    form = EditThreadForm() if request.method == "POST" else EditThreadForm(title=thread.title, body=thread.source)
    preview = markdown.render(form.body.data or "") if "preview" in request.form else None
    if request.method == "POST" and preview is None and form.validate():
        opening.edit_thread(thread, title=form.title.data, source=form.body.data, by=me())
        flash(_("Saved."))
        return redirect(url_for("threads.show", reference=thread), 303)
    status = 422 if form.errors else 200
    return render_template("threads/edit_thread.html", thread=thread, form=form, preview=preview), status


@bp.post("/threads/preview")
@signed_in
def preview() -> Page:
    """Return a text as it would stand, for the live preview: the same renderer, nothing stored."""
    return markdown.render(request.form.get("body", "")[:20_000])

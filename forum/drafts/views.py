"""One's own drafts: kept from any form, listed, gone on with, thrown away."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from forum.core import errors, i18n, kept
from forum.core.access import me, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal
from forum.core.security import inside
from forum.drafts import actions, queries
from forum.drafts.actions import Stale
from forum.drafts.blueprint import bp
from forum.drafts.forms import sequence, written
from forum.drafts.models import Draft
from forum.drafts.targets import ANSWER, EDIT, NEW, OPENING, Target, parse
from forum.threads import queries as threads
from forum.threads.wording import named

Page = str | AnyResponse | tuple[str | AnyResponse, int] | tuple[str | AnyResponse, int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft in its list: what it is, where it belongs ("" where that is hidden), and why one cannot go on, if so."""

    draft: Draft
    what: str
    where: str
    sentence: str | None
    merged_into_id: int | None


@bp.errorhandler(NotFound)
def _gone(_error: NotFound) -> Page:
    return errors.unlost(404, *errors.words(404))


@bp.get("/drafts")
@signed_in
def everything() -> Page:
    return render_template("drafts/list.html", drafts=[_shown(row) for row in queries.everything(current_user)])


def _shown(row: queries.type_of_found) -> Shown:
    draft, thread, author, seen = row
    kind, passage = _target(draft).kind, draft.fields.get("passage", "")
    to_passage = _("Reply to passage %(number)s", number=passage[1:])
    what, act, subject = {
        ANSWER: (_("Answer to %(name)s", name=named(author)), "answer", draft.reply),
        EDIT: (_("Change of your reply"), "edit_reply", draft.reply),
        OPENING: (_("Change of your opening text"), "edit_thread", thread),
        NEW: (_("New thread"), "open_thread", draft.theme),
    }.get(kind, (to_passage if passage else _("Reply to a thread"), "reply", thread))
    where = draft.theme.name if draft.theme else thread.title if thread and seen else ""
    into = thread.merged_into_id if thread else None
    sentence = _("This thread was merged into another one.") if into else refusal(act, current_user, subject)
    return Shown(draft, what, where, sentence, into)


def _target(draft: Draft) -> Target:
    return parse(draft.target) or abort(404)


@bp.get("/drafts/<int:draft_id>")
@signed_in
def draft(draft_id: int) -> Page:
    """Lead on to the form of a draft, filled in; where one cannot go on, show what was written and say why."""
    row = queries.found(draft_id, current_user) or abort(404)
    shown = _shown(row)
    if shown.sentence:
        return render_template("drafts/draft.html", shown=shown)
    return redirect(_place(shown.draft), 302)


def _place(draft: Draft) -> str:
    target = _target(draft)
    if target.kind == NEW:
        return url_for("threads.new", theme=draft.theme.key if draft.theme else None)
    if target.kind == ANSWER:
        return url_for("threads.answers", reply_id=target.id, _anchor="write")
    if target.kind == EDIT:
        return url_for("threads.edit_reply", reply_id=target.id)
    if target.kind == OPENING:
        return url_for("threads.edit_thread", reference=target.id)
    thread, content = threads.thread(target.id, current_user) or abort(404)
    passage = draft.fields.get("passage", "")
    still = passage if any(one["key"] == passage for one in content) else ""
    query = urlencode({**({"passage": still} if still else {}), "draft": draft.id})
    return f"{url_for('threads.show', reference=thread)}?{query}#write"


@bp.post("/drafts")
@signed_in
def keep() -> Page:
    """Keep what stands in a form: asked by its button, or by its script, which is answered in JSON."""
    target = queries.followed(parse(request.form.get("draft", "")) or abort(400))
    if not queries.at(target, current_user) and not queries.sees(target, current_user):
        abort(404)
    fields = written(request.form)
    try:
        draft = actions.keep(target, fields, known=sequence(request.form), by=me())
    except Stale as stale:
        return _stale(target, fields, stale.newer)
    except Refused as refused:
        return _not_kept(fields, refused.sentence, 403)
    except TooOften as often:
        return _not_kept(fields, often.sentence, 429, {"Retry-After": str(often.wait)})
    if _by_script():
        return jsonify(sequence=draft.sequence if draft else 0, said=_said(draft))
    flash(_("Your draft is saved.") if draft else _("No word stands there yet, so nothing is kept."))
    return redirect(url_for("drafts.everything"), 303)


def _by_script() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")


def _said(draft: Draft | None) -> str:
    time = i18n.time_tag(draft.changed_at).striptags() if draft else ""
    return _("Saved as a draft: %(time)s", time=time) if draft else ""


def _stale(target: Target, fields: dict[str, str], newer: Draft | None) -> Page:
    """Overwrite nothing: say what is kept, and show both texts."""
    if _by_script():
        panel = render_template("drafts/_newer.html", newer=newer, script=True)
        return jsonify(sequence=newer.sequence if newer else 0, panel=panel), 409
    shown: dict[str, Any] = {"target": target, "fields": fields, "newer": newer}
    return render_template("drafts/newer.html", **shown), 409


def _not_kept(fields: dict[str, str], sentence: str, status: int, headers: dict[str, str] | None = None) -> Page:
    if _by_script():
        return jsonify(said=sentence), status, headers or {}
    carried = {name: request.form.get(name, "") for name in ("draft", "sequence")}
    return kept.page(sentence, url_for("drafts.keep"), {**fields, **carried}), status, headers or {}


@bp.post("/drafts/<int:draft_id>/delete")
@signed_in
def throw_away(draft_id: int) -> Page:
    draft = queries.own(draft_id, current_user) or abort(404)
    try:
        actions.throw_away(draft, known=sequence(request.form), by=me())
    except Stale:
        flash(_("This draft was written on meanwhile. Please look at it before you throw it away."))
        return redirect(url_for("drafts.everything"), 303)
    flash(_("Your draft is thrown away."))
    return redirect(inside(request.form.get("next") or url_for("drafts.everything")), 303)

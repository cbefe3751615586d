from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.brake import queries as brake
from forum.core import kept, pages
from forum.core.access import me, public, signed_in
from forum.core.rules import Refused, refusal, require
from forum.core.shared import hole
from forum.drafts import restoring
from forum.drafts.targets import ANSWER, EDIT, Target
from forum.moderation.models import Case
from forum.moderation.queries import flags
from forum.threads import earlier, erasing, pauses, queries, stream
from forum.threads.actions import changing, replying
from forum.threads.blueprint import bp
from forum.threads.citations import cited, quotation
from forum.threads.forms import EditForm, ReplyForm
from forum.threads.models import STANDING, Reply
from forum.threads.order import OF_ESSAYS
from forum.threads.pauses import Paused
from forum.threads.views.threads import Page, load, previewed, tried
from forum.threads.wording import named
from forum.waiting import actions as waiting
from forum.waiting.models import Waiting


def load_reply(reply_id: int) -> Reply:
    return queries.reply(reply_id, current_user) or abort(404)


@bp.get("/replies/<int:reply_id>")
@public
def permalink(reply_id: int) -> Page:
    """Lead to where a reply is shown now: in its thread, or among the answers under its root where it has many."""
    reply = load_reply(reply_id)
    anchor = f"r{reply.id}"
    if reply.number > stream.ANSWERS:
        after = reply.number - 2 if reply.number > stream.SIZE else None
        place = url_for("threads.answers", reply_id=reply.root_id, after=after, _anchor=anchor)
    else:
        query = queries.place_of(reply) or _order_of_reader()
        place = url_for("threads.show", reference=reply.thread, **query, _anchor=anchor)
    return redirect(place, 302)


def _order_of_reader() -> dict[str, str]:
    """Return the order in which whoever follows this link was reading: for a page that shows all replies in any order."""
    order = request.args.get("order", "")
    return {"order": order} if order in OF_ESSAYS else {}


@bp.get("/replies/<int:reply_id>/answers")
@public
def answers(reply_id: int) -> Page:
    """One reply with all its answers, and the form to answer it."""
    return answers_page(load_reply(reply_id))


def answers_page(reply: Reply, form: ReplyForm | None = None, **more: Any) -> str:
    root_id = reply.root_id or reply.id
    root = queries.shown(root_id, current_user)
    page = stream.answers(root_id, current_user, pages.place())
    answered = queries.shown(reply.id, current_user) if reply.root_id else root
    why = _why_not(reply)
    if form is None and why is None:
        form = ReplyForm(formdata=None, form_key=hole("key"))
        form.offer([], fixed=reply.theme.key)
    draft = restoring.restore(form, Target(ANSWER, reply.id)) if form else None
    if form and (asked := _quotation(reply)) and asked.strip() not in (form.body.data or ""):
        form.body.data = "\n\n".join(filter(None, ((form.body.data or "").rstrip(), asked)))
    _thread, content = load((reply.thread_id, ""))
    return render_template(
        "threads/answers.html",
        thread=reply.thread,
        reply=reply,
        root=root,
        answered=answered,
        page=page,
        form=form,
        why=why,
        pause=None if why else _pause(reply),
        draft=draft,
        passage_keys={p["id"]: p["key"] for p in content},
        **{"preview": None, "sentence": None, **more},
    )


def _why_not(reply: Reply) -> str | None:
    """Return why the reader cannot answer a reply: by the rules of threads, or because they have flagged it."""
    if sentence := refusal("answer", current_user, reply):
        return sentence
    own = flags.own(Case.reply_id == reply.id, current_user) if reply.flagged else None
    return refusal("answer_flagged", current_user, own)


def _pause(reply: Reply) -> Paused | None:
    """Return the pause that the reader has still to make: of the thread's, and of the exchange's, the longer."""
    asked = (pauses.slowed(reply.thread, current_user), brake.paused(reply, current_user))
    return max(filter(None, asked), key=lambda pause: pause.until, default=None)


def _quotation(reply: Reply) -> str:
    """Return the citation that this request asks to go on with: selected words of the reply, or all of it."""
    asked = request.args.get("quote")
    if asked is None or reply.state != STANDING:
        return ""
    words = cited(earlier.readable(reply.source, current_user), reply.html, asked)
    return quotation(_("%(name)s wrote", name=named(reply.author.name)), reply.id, words)


@bp.post("/replies/<int:reply_id>/answers")
@signed_in
def answer(reply_id: int) -> Page:
    reply = queries.reply(reply_id, current_user)
    if reply is None:
        sentence = _("The reply that you answer is not here any more. This is what you wrote:")
        return kept.page(sentence, "", kept.fields()), 404
    form = ReplyForm()
    form.offer([], fixed=reply.theme.key)
    if "preview" in request.form:
        return answers_page(reply, form, preview=previewed(form.body.data))
    if not form.validate():
        return answers_page(reply, form), 422
    words = replying.Words(reply.theme_id, form.kind.data, form.body.data, reply.passage_id, reply.edition)
    key, draft = form.form_key.data, restoring.sent()
    made, sentence, status, headers = tried(lambda: waiting.answer(reply, words, by=me(), form_key=key, draft=draft))
    if isinstance(made, Waiting):
        return redirect(url_for("waiting.show", number=made.id), 303)
    if made:
        return redirect(url_for("threads.permalink", reply_id=made.id), 303)
    return answers_page(load_reply(reply_id), form, sentence=sentence), status, headers


@bp.route("/replies/<int:reply_id>/edit", methods=["GET", "POST"])
@signed_in
def edit_reply(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    source = earlier.readable(reply.source, current_user)
    form = EditForm() if request.method == "POST" else EditForm(kind=reply.kind, body=source)
    draft = restoring.restore(form, Target(EDIT, reply.id))
    sentence = refusal("edit_reply", current_user, reply)
    if sentence and request.method == "GET":
        raise Refused("edit_reply", sentence)
    preview = previewed(form.body.data) if "preview" in request.form else None
    if request.method == "POST" and preview is None and not sentence and form.validate():
        said = {"kind": form.kind.data, "source": form.body.data, "reason": form.reason.data or ""}

        def edited() -> bool:
            changing.edit(reply, **said, by=me(), draft=draft.sequence)
            return True

        done, sentence, _status, _headers = tried(edited)
        if done:
            flash(_("Saved."))
            return redirect(url_for("threads.permalink", reply_id=reply.id), 303)
        reply = load_reply(reply_id)
    status = 403 if sentence else 422 if form.errors else 200
    shown = {"reply": reply, "traceless": queries.leaves_no_trace(reply), "form": form, "draft": draft}
    return render_template("threads/edit_reply.html", preview=preview, sentence=sentence, **shown), status


@bp.route("/replies/<int:reply_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(reply_id: int) -> Page:
    reply = load_reply(reply_id)
    require("withdraw_reply", current_user, reply)
    if request.method == "POST":
        changing.withdraw(reply, by=me())
        flash(_("Your reply is withdrawn. For 24 hours you can bring it back."))
        return redirect(url_for("threads.permalink", reply_id=reply.id), 303)
    return render_template("threads/withdraw.html", reply=reply)


@bp.route("/replies/<int:reply_id>/return", methods=["GET", "POST"])
@signed_in
def bring_back(reply_id: int) -> Page:
    """The one page that shows withdrawn words, to their author."""
    reply = load_reply(reply_id)
    require("return_reply", current_user, reply)
    if request.method == "POST":
        changing.bring_back(reply, by=me())
        flash(_("Your reply is back where it was."))
        return redirect(url_for("threads.permalink", reply_id=reply.id), 303)
    return render_template("threads/return.html", reply=reply, kept=erasing.KEPT)

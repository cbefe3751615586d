"""Flagging what someone wrote, and seeing what became of it."""

from urllib.parse import unquote

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts import queries as accounts
from forum.core import pages
from forum.core.access import me, public, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused, refusal
from forum.core.text import one_line
from forum.moderation.actions import flagging
from forum.moderation.actions.kinds import KINDS
from forum.moderation.blueprint import bp
from forum.moderation.forms import AddressForm, FlagForm
from forum.moderation.names import JUDGED, OUTCOMES, REASONS
from forum.moderation.queries import appeals
from forum.moderation.queries import flags as queries
from forum.moderation.targets import FIELD_NOTE, PROFILE, REPLY, THREAD

Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse


@bp.route("/moderation/replies/<int:reply_id>/flag", methods=["GET", "POST"])
@public
def flag_reply(reply_id: int) -> Page:
    return _flag(REPLY, reply_id, url_for("threads.permalink", reply_id=reply_id))


@bp.route("/moderation/threads/<int:thread_id>/flag", methods=["GET", "POST"])
@public
def flag_thread(thread_id: int) -> Page:
    return _flag(THREAD, thread_id, url_for("threads.show", reference=thread_id))


@bp.route("/moderation/field-notes/<int:note_id>/flag", methods=["GET", "POST"])
@public
def flag_field_note(note_id: int) -> Page:
    return _flag(FIELD_NOTE, note_id, url_for("commitments.note", note_id=note_id))


@bp.route("/moderation/members/<name>/flag", methods=["GET", "POST"])
@public
def flag_member(name: str) -> Page:
    found = accounts.seen(name, current_user) or abort(404)
    return _flag(PROFILE, found.id, url_for("accounts.member", name=found.name))


def _flag(kind: str, id_: int, back: str) -> Page:
    subject = queries.subject(kind, id_, current_user) or abort(404)
    target = queries.target(subject, current_user)
    act = "flag" if current_user else "report"
    if (sentence := refusal(act, current_user, target)) and request.method == "GET":
        raise Refused(act, sentence)
    form, status, headers = FlagForm(), 200, {}
    if not current_user:
        form.narrow()
    if form.is_submitted():
        status = 422
        if form.validate() and form.stands_in(queries.wording_of(subject)):
            try:
                return _thanked(flagging.flag(subject, form.complaint(), by=me() if current_user else current_user))
            except Refused as refused:
                sentence, status = refused.sentence, 403
            except TooOften as often:
                sentence, status, headers = often.sentence, 429, {"Retry-After": str(often.wait)}
    shown = {"kind": kind, "subject": subject, "back": back, "form": form, "sentence": sentence}
    return render_template("moderation/flag.html", **shown), status, headers


def _thanked(token: str) -> AnyResponse:
    if token:
        return redirect(url_for("moderation.receipt", token=token), 303)
    flash(_("Thank you. A moderator will look at it; nothing more is asked of you."))
    return redirect(url_for("moderation.flags"), 303)


@bp.get("/moderation/report")
@public
def report() -> Page:
    """Lead to the form for something unlawful, from its address: for those who found no link beside it."""
    form = AddressForm(formdata=None, address=one_line(request.args.get("address", "")[:300]))
    place = form.place()
    if place:
        kind, name = place
        if kind == "members":
            return redirect(url_for("moderation.flag_member", name=unquote(name)), 302)
        if kind == "replies":
            return redirect(url_for("moderation.flag_reply", reply_id=int(name)), 302)
        return redirect(url_for("moderation.flag_thread", thread_id=int(name)), 302)
    if form.address.data:
        form.address.errors = [_("This leads to no reply, thread or profile here.")]
    return render_template("moderation/report.html", form=form)


@bp.get("/moderation/flags")
@signed_in
def flags() -> Page:
    page = queries.receipts(current_user, pages.place())
    muted = {row.name for row in accounts.muted_by(me().id)}
    shown = {"page": page, "muted": muted, "made": appeals.of_flags([row.id for row in page.rows]), "judged": JUDGED}
    return render_template("moderation/flags.html", **shown, reasons=REASONS, outcomes=OUTCOMES, kinds=KINDS)


@bp.get("/moderation/receipts/<token>")
@public
def receipt(token: str) -> Response:
    """What a visitor is told of their report, by the secret in its address."""
    row = queries.receipt(token, current_user) or abort(404)
    page = make_response(
        render_template("moderation/receipt.html", row=row, reasons=REASONS, outcomes=OUTCOMES, kinds=KINDS)
    )
    page.headers["Cache-Control"] = "no-store"
    return page

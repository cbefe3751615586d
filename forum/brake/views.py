from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forum.brake import actions, queries
from forum.brake.forms import PaceForm
from forum.core import clock
from forum.core.access import me, signed_in
from forum.core.rules import require
from forum.threads.views.replies import load_reply

bp = Blueprint("brake", __name__)


@bp.route("/brake/<int:reply_id>", methods=["GET", "POST"])
@signed_in
def pace(reply_id: int) -> str | Response | tuple[str, int]:
    """Set the pace of the exchange under a reply; an answer leads to the reply that it stands under."""
    root = load_reply(reply_id)
    if root.root_id:
        return redirect(url_for("brake.pace", reply_id=root.root_id), 302)
    require("set_pace", current_user, root)
    form, known = PaceForm(), queries.pace(root.id)
    form.offer()
    if request.method == "GET":
        form.minutes.data = str(known.minutes) if known else actions.AUTO
    if form.validate_on_submit():
        actions.set_pace(root, form.wanted, reason=form.reason.data, by=me())
        flash(_("The exchange has this pace now."))
        return redirect(url_for("threads.permalink", reply_id=root.id), 303)
    now = queries.exchange(root.id, clock.now())
    shown = {"root": root, "thread": root.thread, "form": form, "now": now, "known": known}
    return render_template("brake/pace.html", **shown), 422 if form.errors else 200

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.accounts import queries as accounts
from forum.accounts.actions import muting
from forum.core.access import me, signed_in
from forum.core.rules import require
from forum.threads.blueprint import bp
from forum.threads.views.replies import load_reply
from forum.threads.views.threads import Page


@bp.route("/replies/<int:reply_id>/mute", methods=["GET", "POST"])
@signed_in
def mute(reply_id: int) -> Page:
    """Mute who wrote a reply, for oneself; what that means is said first."""
    reply = load_reply(reply_id)
    require("mute", current_user, reply.author)
    if request.method == "POST":
        muting.mute(reply.author, by=me())
        flash(_("You have muted %(name)s.", name=reply.author.name))
        return redirect(url_for("threads.permalink", reply_id=reply.id), 303)
    muted = bool(accounts.muting(reply.author_id, [current_user.id]))
    return render_template("threads/mute.html", reply=reply, muted=muted)

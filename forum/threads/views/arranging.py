from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.core.access import me, signed_in
from forum.core.rules import may, require
from forum.threads.actions import arranging
from forum.threads.blueprint import bp
from forum.threads.forms import ArrangeForm
from forum.threads.views.threads import Page, Reference, load


@bp.route("/threads/<reference:reference>/settings", methods=["GET", "POST"])
@signed_in
def settings(reference: Reference) -> Page:
    thread, _content = load(reference)
    require("arrange_thread", current_user, thread)
    form, closable = ArrangeForm(), may("close_to_visitors", current_user, thread)
    form.offer()
    if request.method == "GET":
        form.show(thread)
    if not closable:
        form.members_only.data = False
    if form.validate_on_submit():
        arranging.arrange(thread, form.wanted, reason=form.reason.data, by=me())
        flash(_("The thread has these settings now."))
        return redirect(url_for("threads.show", reference=thread), 303)
    shown = {"thread": thread, "form": form, "closable": closable}
    return render_template("threads/settings.html", **shown), 422 if form.errors else 200

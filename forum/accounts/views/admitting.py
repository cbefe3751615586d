"""Accounts that wait for a moderator: what their owners see, and those who decide."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from forum.accounts import queries, rules
from forum.accounts.actions import admitting
from forum.accounts.blueprint import bp
from forum.accounts.forms import RefuseAccountForm
from forum.accounts.models import ADDRESS, BURST, EVERYONE, PROOF, Member
from forum.accounts.views.door import Page
from forum.core import errors, pages
from forum.core.access import me, signed_in
from forum.core.db import session
from forum.core.rules import require

# What someone who is not let in may send all the same: what concerns nobody but themselves.
OWN = ("accounts.", "notices.", "rights.")
# As its owner is told, and as a moderator is.
CAUSES = {
    PROOF: _l(
        "Your browser did not do the small sum by which we tell people from programs. It needs JavaScript for it."
    ),
    ADDRESS: _l("Your e-mail address is of a kind that anyone gets for a few minutes."),
    BURST: _l("Many accounts were made here within a short time, so a moderator looks at each new one."),
    EVERYONE: _l("A moderator lets in everyone who is new here."),
}
SHORT = {
    PROOF: _l("without JavaScript"),
    ADDRESS: _l("with an e-mail address for a few minutes"),
    BURST: _l("when many came at once"),
    EVERYONE: _l("everyone waits"),
}


@bp.before_app_request
def keep_outside() -> Page | None:
    """Whoever is not let in writes nothing, whichever form they find; what they wrote is shown to them once more."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or not current_user or not current_user.outside:
        return None
    if (request.endpoint or "").startswith(OWN):
        return None
    return errors.unlost(403, _("Not yet"), rules.outside(current_user) or "")


@bp.get("/register/outside")
@signed_in
def outside() -> Page:
    """What someone who was not let in at once sees of it."""
    own = queries.admission(me().id)
    if own is None:
        return redirect(url_for("pages.home"), 303)
    return render_template("accounts/outside.html", own=own, causes=CAUSES, hours=queries.usual_wait())


@bp.get("/register/waiting")
@signed_in
def waiting() -> Page:
    require("see_waiting_accounts", current_user)
    page, alarm = queries.waiting(pages.place()), queries.burst()
    return render_template("accounts/waiting.html", page=page, alarm=alarm, short=SHORT)


@bp.get("/register/waiting/<int:member_id>")
@signed_in
def decide(member_id: int) -> Page:
    return _page(_load(member_id), RefuseAccountForm(formdata=None))


def _load(member_id: int) -> Member:
    require("see_waiting_accounts", current_user)
    if queries.admission(member_id) is None:
        abort(404)
    return session().get_one(Member, member_id)


def _page(member: Member, form: RefuseAccountForm) -> str:
    own = queries.admission(member.id)
    return render_template("accounts/decide.html", member=member, own=own, form=form, short=SHORT)


@bp.post("/register/waiting/<int:member_id>/admit")
@signed_in
def admit(member_id: int) -> Page:
    member = _load(member_id)
    admitting.admit(member, by=me())
    flash(_("%(name)s is in.", name=member.name))
    return redirect(url_for("accounts.waiting"), 303)


@bp.post("/register/waiting/<int:member_id>/refuse")
@signed_in
def refuse(member_id: int) -> Page:
    member, form = _load(member_id), RefuseAccountForm()
    require("decide_about_account", current_user, member)
    if not form.validate():
        return _page(member, form), 422
    admitting.refuse(member, reason=form.reason.data, by=me())
    flash(_("Whoever made the account reads your reason."))
    return redirect(url_for("accounts.waiting"), 303)


@bp.app_template_global()
def at_the_door() -> Any:
    """Return who waits, for the other lists of those who moderate."""
    return queries.at_the_door()

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forum.accounts import queries
from forum.accounts.actions import muting, roles, tickets
from forum.accounts.blueprint import bp
from forum.accounts.forms import RoleForm
from forum.accounts.models import ROLES, Member
from forum.accounts.views.door import Page
from forum.core import pages, security, site
from forum.core.access import me, public, sensitive, signed_in
from forum.core.rules import require
from forum.themes import queries as themes
from forum.threads import queries as threads


def member_or_404(name: str) -> Member:
    return queries.seen(name, current_user) or abort(404)


@bp.get("/members/<name>")
@public
def member(name: str) -> Page:
    """One person: what they say of themselves, since when, and what they wrote. No numbers."""
    found = member_or_404(name)
    if found.name != name:
        return redirect(url_for("accounts.member", name=found.name), 301)
    written = threads.of_author(found.id, pages.place(), current_user)
    kept = themes.kept_by(found.id)
    form = RoleForm(formdata=None, role=found.role) if current_user.administers else None
    all_themes = themes.everything() if current_user.administers else []
    muted = bool(current_user.mutes and queries.muting(found.id, [current_user.id]))
    return render_template(
        "accounts/member.html", member=found, page=written, kept=kept, form=form, all_themes=all_themes, muted=muted
    )


@bp.post("/members/<name>/mute")
@signed_in
def mute(name: str) -> Page:
    found = member_or_404(name)
    muting.mute(found, by=me())
    flash(_("You have muted %(name)s.", name=found.name))
    return redirect(url_for("accounts.member", name=found.name), 303)


@bp.post("/members/<name>/unmute")
@signed_in
def unmute(name: str) -> Page:
    """Also from the list in the settings, which the form leads back to."""
    found = member_or_404(name)
    muting.unmute(found, by=me())
    flash(_("You hear %(name)s again.", name=found.name))
    back = security.inside(request.form.get("next") or url_for("accounts.member", name=found.name))
    return redirect(back, 303)


@bp.get("/members")
@signed_in
def members() -> Page:
    require("see_members", current_user)
    return render_template("accounts/members.html", page=queries.everyone(pages.place()), link=None)


@bp.post("/members/invitations")
@signed_in
def invite() -> Page:
    token = tickets.invite(me())
    link = site.absolute(url_for("accounts.register", invite=token))
    return render_template("accounts/members.html", page=queries.everyone(pages.Place()), link=link)


@bp.post("/members/<name>/role")
@signed_in
@sensitive()
def give_role(name: str) -> Page:
    form, found = RoleForm(), member_or_404(name)
    require("give_role", current_user, found)
    if not form.validate() or form.role.data not in ROLES:
        abort(400)
    roles.give_role(found, form.role.data, by=me())
    flash(_("%(name)s is %(role)s now.", name=found.name, role=_(found.role)))
    return redirect(url_for("accounts.member", name=found.name), 303)


@bp.post("/members/<name>/themes/<key>")
@signed_in
@sensitive()
def appoint(name: str, key: str) -> Page:
    return _facilitate(name, key, roles.appoint)


@bp.post("/members/<name>/themes/<key>/end")
@signed_in
@sensitive()
def dismiss(name: str, key: str) -> Page:
    return _facilitate(name, key, roles.dismiss)


def _facilitate(name: str, key: str, act: object) -> Page:
    found, theme = member_or_404(name), themes.by_key(key) or abort(404)
    require("appoint", current_user, found)
    act(found, theme.id, by=me())  # type: ignore[operator]
    return redirect(url_for("accounts.member", name=found.name), 303)

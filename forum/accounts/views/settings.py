from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from forum.accounts import queries
from forum.accounts.actions import entering, profile
from forum.accounts.blueprint import bp
from forum.accounts.forms import PasswordForm, ProfileForm
from forum.accounts.views.door import Page
from forum.core import limits
from forum.core.access import me, sensitive, signed_in
from forum.core.rules import Refused


@bp.get("/settings")
@signed_in
def settings() -> Page:
    return _page()


def _page(profile_form: ProfileForm | None = None, password: PasswordForm | None = None) -> str:
    member = me()
    return render_template(
        "accounts/settings.html",
        profile=profile_form or ProfileForm(formdata=None, obj=member),
        password=password or PasswordForm.of(member, formdata=None),
        codes_left=queries.recovery_codes_left(member) if member.has_factor else 0,
        sessions=queries.sessions_of(member),
        muted=queries.muted_by(member.id) if member.mutes else [],
        this=queries.digest(member.token),
    )


@bp.post("/settings/profile")
@signed_in
def edit_profile() -> Page:
    form = ProfileForm()
    if not form.validate():
        return _page(profile_form=form), 422
    told = {"about": form.about.data, "locale": form.locale.data, "follows_own": form.follows_own.data}
    profile.edit_profile(me(), **told)
    flash(_("Saved."))
    return redirect(url_for("accounts.settings"), 303)


@bp.post("/settings/password")
@signed_in
def change_password() -> Page:
    """The current password is asked for even where it was given a minute ago: with a new one, an account changes hands."""
    form = PasswordForm.of(me())
    form.owner = me()
    status = 422
    if form.validate():
        told = {"current": form.current.data, "code": form.told_code, "new": form.password.data}
        try:
            entering.change_password(me(), **told)
        except Refused as refused:
            form.current.errors = [refused.sentence]
        except limits.TooOften as often:
            form.current.errors = [often.sentence]
            status = 429
        else:
            flash(_("Your password is changed. Everywhere else you have been logged out."))
            return redirect(url_for("accounts.settings"), 303)
    return _page(password=form), status


@bp.post("/settings/sessions/<int:session_id>/end")
@signed_in
@sensitive()
def end_session(session_id: int) -> Page:
    entering.end_session(me(), session_id)
    flash(_("That session is ended."))
    return redirect(url_for("accounts.settings"), 303)

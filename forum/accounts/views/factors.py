from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from forum.accounts import codes, queries
from forum.accounts.actions import factors
from forum.accounts.blueprint import bp
from forum.accounts.forms import FirstCodeForm
from forum.accounts.views.door import Page
from forum.core import limits, site
from forum.core.access import me, sensitive, signed_in
from forum.core.rules import Refused


@bp.get("/settings/factor")
@signed_in
def factor() -> Page:
    return _page(FirstCodeForm(formdata=None))


def _page(form: FirstCodeForm, sentence: str = "") -> str:
    """Show what is on; or, while it is being set up, its secret: as text, as an address and as a picture."""
    member = me()
    secret = factors.secret_of(queries.factor(member))
    address = codes.address(secret, member.name, site.name()) if secret else ""
    return render_template(
        "accounts/factor.html",
        form=form,
        sentence=sentence,
        secret=codes.grouped(secret) if secret else "",
        address=address,
        picture=codes.picture(address) if secret else "",
        codes_left=queries.recovery_codes_left(member),
    )


@bp.post("/settings/factor/begin")
@signed_in
@sensitive()
def begin_factor() -> Page:
    factors.begin(by=me())
    return redirect(url_for("accounts.factor"), 303)


@bp.post("/settings/factor/on")
@signed_in
@sensitive()
def turn_factor_on() -> Page:
    form = FirstCodeForm()
    if me().has_factor:  # by the first of two clicks, say
        flash(_("Your second factor is on. If you have not seen your recovery codes, make new ones."))
        return redirect(url_for("accounts.factor"), 303)
    if not form.validate():
        return _page(form), 422
    try:
        made = factors.turn_on(form.code.data, by=me())
    except Refused as refused:
        return _page(form, refused.sentence), 422
    except limits.TooOften as often:
        return _page(form, often.sentence), 429, {"Retry-After": str(often.wait)}
    return render_template("accounts/codes.html", codes=made, sentence=_("Your second factor is on."))


@bp.post("/settings/factor/codes")
@signed_in
@sensitive()
def renew_recovery_codes() -> Page:
    made = factors.renew_codes(by=me())
    return render_template(
        "accounts/codes.html", codes=made, sentence=_("The codes that you had are worth nothing now.")
    )


@bp.post("/settings/factor/off")
@signed_in
@sensitive()
def turn_factor_off() -> Page:
    if me().has_factor:
        factors.turn_off(by=me())
    flash(_("Your second factor is off. Your password is enough to log in."))
    return redirect(url_for("accounts.factor"), 303)

"""The page that asks for the password again, in the place of any page that is @sensitive."""

from urllib.parse import quote

from flask import render_template, request
from flask.blueprints import BlueprintSetupState

from forum.accounts.actions import proving
from forum.accounts.blueprint import bp
from forum.accounts.forms import AgainForm
from forum.accounts.views.door import Page
from forum.core import kept
from forum.core.access import ask_by, me
from forum.core.limits import TooOften
from forum.core.rules import Refused


def ask() -> Page | None:
    """Return the page that asks who is there, with all that was sent; None where it was said just now or lately."""
    member = me()
    if member.confirmed:
        return None
    told = "current" in request.form
    form = AgainForm.of(member) if told else AgainForm.of(member, formdata=None)
    status, headers, sentence = 401, {}, ""
    if told and form.validate():
        try:
            proving.confirm(member, form.current.data, form.told_code)
        except Refused as refused:
            sentence = refused.sentence
        except TooOften as often:
            sentence, status, headers = often.sentence, 429, {"Retry-After": str(often.wait)}
        else:
            return None
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in kept.NEVER]
    page = render_template("accounts/confirm.html", form=form, target=quote(request.path), sent=sent, sentence=sentence)
    return page, status, headers


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    ask_by(state.app, ask)  # type: ignore[arg-type]  # (Flask's own name for its own class)

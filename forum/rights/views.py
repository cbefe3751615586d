"""What is kept of oneself: to take along, or to take away."""

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response as AnyResponse

from forum.core import clock
from forum.core.access import me, signed_in
from forum.core.limits import TooOften
from forum.core.rules import Refused
from forum.rights import actions
from forum.rights.forms import PasswordAgain

bp = Blueprint("rights", __name__)
Page = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/rights")
@signed_in
def rights() -> Page:
    return render_template("rights/rights.html", form=PasswordAgain(formdata=None))


@bp.post("/rights/download")
@signed_in
def download() -> Page:
    form, status, headers = PasswordAgain(), 422, {}
    if form.validate():
        try:
            made = actions.download(form.password.data, by=me())
        except Refused as refused:
            form.password.errors = [refused.sentence]
        except TooOften as often:
            form.password.errors = [often.sentence]
            status, headers = 429, {"Retry-After": str(often.wait)}
        else:
            name = f"forum-{clock.now():%Y-%m-%d}.zip"
            response = send_file(made, mimetype="application/zip", as_attachment=True, download_name=name)
            response.headers["Cache-Control"] = "no-store"
            return response
    return render_template("rights/rights.html", form=form), status, headers

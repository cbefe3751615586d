"""What is kept of oneself: to take along, or to take away."""

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response as AnyResponse

from forum.core import clock
from forum.core.access import me, sensitive, signed_in
from forum.core.limits import TooOften
from forum.rights import actions

bp = Blueprint("rights", __name__)
Page = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/rights")
@signed_in
def rights() -> Page:
    return _page()


def _page(sentence: str = "") -> str:
    return render_template("rights/rights.html", sentence=sentence)


@bp.post("/rights/download")
@signed_in
@sensitive()
def download() -> Page:
    try:
        made = actions.download(by=me())
    except TooOften as often:
        return _page(often.sentence), 429, {"Retry-After": str(often.wait)}
    name = f"forum-{clock.now():%Y-%m-%d}.zip"
    response = send_file(made, mimetype="application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response

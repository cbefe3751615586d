"""What those who keep this place have done."""

from flask import render_template, request
from flask_login import current_user

from forum.core import pages
from forum.core.access import public, signed_in
from forum.core.pages import LARGEST_KEY
from forum.core.rules import require
from forum.core.shared import shared
from forum.moderation import wording
from forum.moderation.blueprint import bp
from forum.moderation.months import Month
from forum.moderation.queries import log as queries


@bp.get("/moderation/log")
@public
@shared
def log() -> str:
    return _page(full=False)


@bp.get("/moderation/log/full")
@signed_in
def full_log() -> str:
    """The same with the names of members, for those who keep the place."""
    require("read_full_log", current_user)
    return _page(full=True)


def _page(*, full: bool) -> str:
    asked = _asked()
    return render_template(
        "moderation/log.html",
        page=queries.log(pages.place(), current_user, asked, names=full),
        asked=asked,
        full=full,
        months=queries.months(),
        words=wording,
    )


def _asked() -> queries.Asked:
    """Return what the address narrows the log to; what it does not know is passed over."""
    given = request.args
    kind, role, thread = given.get("act", ""), given.get("role", ""), given.get("thread", "")
    return queries.Asked(
        kind=kind if kind in wording.KINDS else "",
        role=role if role in wording.ROLES else "",
        month=Month.read(given.get("month", "")),
        thread=min(int(thread), LARGEST_KEY) if thread.isascii() and thread.isdecimal() and len(thread) < 25 else None,  # noqa: PLR2004
        by=given.get("by", "")[:20],
    )

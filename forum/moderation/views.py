from flask import Blueprint, render_template
from flask_login import current_user

from forum.core import pages
from forum.core.access import public
from forum.core.shared import shared
from forum.moderation import queries

bp = Blueprint("moderation", __name__)


@bp.get("/moderation/log")
@public
@shared
def log() -> str:
    return render_template("moderation/log.html", page=queries.log(pages.place(), current_user))

"""The switches of the practices, for admins."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forum.core.access import me, signed_in
from forum.core.rules import require
from forum.essays import queries as essays
from forum.practices import actions, queries
from forum.practices.models import EVERYWHERE
from forum.practices.names import PRACTICES

bp = Blueprint("practices", __name__)


@bp.route("/practices", methods=["GET", "POST"])
@signed_in
def switches() -> str | Response:
    """Show each practice with a box for the forum and one for each essay; those that were known to the form are switched."""
    require("switch_practice", current_user)
    here = essays.everything()
    places = [EVERYWHERE, *(essay.id for essay in here)]
    if request.method == "POST":
        known = set(request.form.getlist("known"))
        named = {f"{key}-{place}": (key, place) for key in PRACTICES for place in places}
        wanted = {which: name in request.form for name, which in named.items() if name in known}
        actions.switch(wanted, by=me())
        flash(_("Saved."))
        return redirect(url_for("practices.switches"), 303)
    return render_template("practices/list.html", practices=PRACTICES, essays=here, off=queries.switched_off())

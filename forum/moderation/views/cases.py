"""What was flagged, for those who look after it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core import pages
from forum.core.access import me, signed_in
from forum.core.differences import differences
from forum.core.rules import refusal, require
from forum.moderation.actions import handling
from forum.moderation.actions.kinds import KINDS, offered, possible
from forum.moderation.blueprint import bp
from forum.moderation.forms import DecideForm, NoteForm
from forum.moderation.models import CLOSED, OPEN, Case
from forum.moderation.names import ASKED, MENDS, OUTCOMES, REASONS, SHORT
from forum.moderation.queries import appeals, decisions, flags, mends
from forum.moderation.queries import cases as queries
from forum.rules import queries as house

Page = str | tuple[str, int] | AnyResponse


@bp.get("/moderation/cases")
@signed_in
def cases() -> Page:
    require("see_cases", current_user)
    asked = _asked()
    page = queries.listed(asked, pages.place(), current_user)
    waiting, overdue = appeals.count_waiting()
    shown = {
        "page": page,
        "asked": asked,
        "appeals": waiting,
        "overdue": overdue,
        "reasons": queries.reasons(row.id for row in page.rows),
    }
    return render_template(
        "moderation/cases.html", **shown, short=SHORT, late=queries.waits_too_long, mends=MENDS, mend_state=mends.state
    )


def _asked() -> queries.Asked:
    """Return what the address narrows the list to; what it does not know is passed over."""
    given = request.args
    state, reason, age = given.get("state", OPEN), given.get("reason", ""), given.get("age", "")
    return queries.Asked(
        state if state in {OPEN, ASKED, CLOSED} else OPEN,
        reason if reason in REASONS else "",
        age if age in queries.AGES else "",
        bool(given.get("mine")),
    )


def load(case_id: int) -> Case:
    require("see_cases", current_user)
    found = queries.found(case_id) or abort(404)
    require("see_case", current_user, queries.desk(found, current_user))
    return found


@bp.get("/moderation/cases/<int:case_id>")
@signed_in
def case(case_id: int) -> Page:
    return case_page(load(case_id))


def case_page(of: Case, note: NoteForm | None = None, decide: DecideForm | None = None, **more: Any) -> str:
    desk = queries.desk(of, current_user)
    given = flags.of_case(of.id)
    now = flags.wording_of(of.subject) if of.subject else ""
    changed = {flag.id: differences(flag.wording, now) for flag in given if flag.wording and flag.wording != now}
    return render_template(
        "moderation/case.html",
        case=of,
        desk=desk,
        why=refusal("work_on_case", current_user, desk),
        flags=given,
        changed=changed,
        records=queries.records(flag.member_id for flag in given if flag.member_id),
        around=queries.around(of.reply, current_user) if of.reply else [],
        notes=queries.notes(of.id),
        others=queries.of_author(of),
        following=queries.next_open(current_user, of.id),
        note=note or NoteForm(formdata=None),
        decide=decide or decide_form(of, formdata=None),
        decisions=decisions.of_case(of.id),
        kinds=KINDS,
        late=queries.waits_too_long(of, of.mend),
        mends=MENDS,
        mend_state=mends.state(of.mend),
        until=mends.until(of.mend.asked_at) if of.mend else None,
        why_not_speak=refusal("speak_against", current_user, desk),
        reasons=REASONS,
        outcomes=OUTCOMES,
        **{"sentence": None, **more},
    )


def decide_form(of: Case, **how: Any) -> DecideForm:
    """Return the form with the kinds there are; without a flag, nobody finds that nothing is wrong."""
    form = DecideForm(**how)
    kinds = possible(of) if form.is_submitted() else offered(of, me())
    form.offer([kind for kind in kinds if kind.restricts or of.id], house.choices())
    return form


@bp.post("/moderation/cases/<int:case_id>/claim")
@signed_in
def claim(case_id: int) -> Page:
    handling.claim(load(case_id), by=me())
    flash(_("You are looking after this case now."))
    return redirect(url_for("moderation.case", case_id=case_id), 303)


@bp.post("/moderation/cases/<int:case_id>/release")
@signed_in
def release(case_id: int) -> Page:
    handling.release(load(case_id), by=me())
    flash(_("Another moderator can take this case now."))
    return redirect(url_for("moderation.cases"), 303)


@bp.post("/moderation/cases/<int:case_id>/notes")
@signed_in
def notes(case_id: int) -> Page:
    of, form = load(case_id), NoteForm()
    if not form.validate():
        return case_page(of, note=form), 422
    handling.note(of, form.text.data, by=me())
    return redirect(url_for("moderation.case", case_id=case_id, _anchor="notes"), 303)


def onward(case_id: int) -> AnyResponse:
    """Go on to the next case that waits, so that one looks after many without going back to the list."""
    following = queries.next_open(current_user, case_id)
    place = url_for("moderation.case", case_id=following) if following else url_for("moderation.cases")
    return redirect(place, 303)

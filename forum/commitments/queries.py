"""One's own commitments, and nobody else's: each statement asks for the member. And the field notes that everyone reads."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, func, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models import Member
from forum.commitments.models import DUE, Commitment, FieldNote
from forum.commitments.plans import Plan
from forum.commitments.practice import KEY
from forum.commitments.rules import Asking, Room, Telling
from forum.core import clock
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Edition, Essay
from forum.practices import queries as practices
from forum.themes.models import Theme
from forum.threads.models import STANDING, WITHDRAWN
from forum.threads.order import DRAWS
from forum.waiting import queries as waiting

SIZE = 30
DRAWN = 5  # field notes that a theme's page shows
Shown = Row[FieldNote, str]  # with the name over it, None where there is none


def today() -> date:
    """Return the day it is in the forum's time zone."""
    return clock.now().astimezone(current_app.config["TIMEZONE"]).date()


def essays_of(key: str) -> list[int]:
    """Return the essays (ids) through whose current text a theme runs."""
    both = select(Essay.id, Edition.content).join(
        Edition, (Edition.essay_id == Essay.id) & (Edition.number == Essay.edition_number)
    )
    return [row.id for row in session().execute(both) if any(key in passage["themes"] for passage in row.content)]


def own(commitment_id: int, who: Any) -> Commitment | None:
    return session().scalar(select(Commitment).where(Commitment.id == commitment_id, Commitment.member_id == who.id))


def of_form(by_id: int, key: str) -> Commitment | None:
    return session().scalar(select(Commitment).where(Commitment.member_id == by_id, Commitment.form_key == key))


def everything(member_id: int) -> Sequence[Commitment]:
    """Return all that a member keeps, the latest first; there are at most MOST of them."""
    return (
        session()
        .scalars(select(Commitment).where(Commitment.member_id == member_id).order_by(Commitment.id.desc()))
        .all()
    )


def latest() -> Sequence[Commitment]:
    """Return a few of everyone's, to see whether the forum's key opens them; they are shown to nobody."""
    return session().scalars(select(Commitment).order_by(Commitment.id.desc()).limit(SIZE)).all()


def count(member_id: int) -> int:
    return session().scalar(select(func.count()).where(Commitment.member_id == member_id)) or 0


def due(most: int) -> Sequence[Commitment]:
    """Return commitments whose owners wanted to be asked by today and were not yet."""
    waits = select(Commitment).where(DUE, Commitment.ask_on <= today())
    return session().scalars(waits.order_by(Commitment.id).limit(most)).all()


def unanswered(member_id: int) -> bool:
    """Return whether a member was asked something and has not answered: an answer takes the day away."""
    asked = (Commitment.member_id == member_id, Commitment.asked_at.is_not(None), Commitment.ask_on.is_not(None))
    return session().scalar(select(Commitment.id).where(*asked).limit(1)) is not None


def room(who: Any, key: str) -> Room:
    return Room(practices.still_on(KEY, essays_of(key)), count(who.id) if who else 0)


def telling(of: Commitment, who: Any, key: str) -> Telling:
    plan, on = of.plan, practices.still_on(KEY, essays_of(key))
    if plan is None or of.member_id != who.id:
        return Telling(own=False, on=on)
    waits = bool(waiting.cause(who, ""))
    return Telling(own=True, on=on, answered=bool(plan.answer), told=bool(plan.note), waits=waits)


def asking(of: FieldNote, who: Any) -> Asking:
    """Return how someone stands to a note that they would ask about."""
    asked = questions([of.id]).get(of.id, [])
    standing = [one for one, _name in asked if one.state == STANDING]
    return Asking(
        of.state,
        door=of.door,
        own=of.is_by(who.id or 0),
        on=practices.still_on(KEY, essays_of(of.theme.key)),
        asked=len(standing),
        asked_already=bool(who) and any(one.author_id == who.id for one, _name in asked),
        waits=bool(who) and bool(waiting.cause(who, "")),
    )


def visible(who: Any) -> ColumnElement[bool]:
    """Return which field notes a reader finds in lists: those that stand, and to moderators what is hidden."""
    return FieldNote.state != WITHDRAWN if who.moderates else FieldNote.state == STANDING


def _shown() -> Select[FieldNote, str]:
    return (
        select(FieldNote, Member.name)
        .outerjoin(Member, Member.id == FieldNote.author_id)
        .join(FieldNote.theme)
        .options(contains_eager(FieldNote.theme))
    )


def drawn(theme_id: int, who: Any) -> list[Shown]:
    """Return a few field notes of a theme, drawn anew each day and alike for everyone; then the questions about them."""
    start = (today().toordinal() * 2_654_435_761) % DRAWS
    of_theme = (FieldNote.theme_id == theme_id, FieldNote.about_id.is_(None), visible(who))
    ids = select(FieldNote.id).where(*of_theme).order_by(FieldNote.draw).limit(DRAWN)
    ahead = ids.where(FieldNote.draw >= start).subquery()
    behind = ids.where(FieldNote.draw < start).subquery()
    either = union_all(select(ahead.c.id), select(behind.c.id)).subquery()
    about = FieldNote.about_id.in_(select(either.c.id))
    wanted = or_(FieldNote.id.in_(select(either.c.id)), about & visible(who))
    found = session().execute(_shown().where(wanted).order_by(FieldNote.id)).all()
    notes = sorted((row for row in found if not row[0].about_id), key=lambda row: (row[0].draw - start) % DRAWS)[:DRAWN]
    near = {row[0].id for row in notes}
    return [*notes, *(row for row in found if row[0].about_id in near)]


def listed(theme_id: int, place: Place, who: Any) -> Page[Shown]:
    """Return a page of a theme's field notes, the latest first."""
    notes = _shown().where(FieldNote.theme_id == theme_id, FieldNote.about_id.is_(None), visible(who))
    found = session().execute(window(notes, FieldNote.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row[0].id)


def note(note_id: int, who: Any) -> FieldNote | None:
    """Return a field note, or a question about one, that this reader may see: what is hidden also to who wrote it."""
    found = session().get(FieldNote, note_id, options=[joinedload(FieldNote.theme), joinedload(FieldNote.author)])
    if (
        found is None
        or found.state == STANDING
        or who.moderates
        or (found.state != WITHDRAWN and found.is_by(who.id or 0))
    ):
        return found
    return None


def questions(note_ids: Collection[int], who: Any = None) -> dict[int, list[Shown]]:
    """Return what was asked about notes, by their ids: all of it, or what a reader finds."""
    asked = _shown().where(FieldNote.about_id.in_(note_ids))
    if who is not None:
        asked = asked.where(visible(who))
    found: dict[int, list[Shown]] = {}
    for row in session().execute(asked.order_by(FieldNote.id)):
        found.setdefault(row[0].about_id or 0, []).append(row)
    return found


def sentence(plan: Plan) -> str:
    said = {"when": plan.when, "among": plan.among, "will": plan.will}
    return _("When %(when)s happens among my %(among)s, I will %(will)s.", **said)


def theme_key(theme_id: int) -> str:
    return session().scalar(select(Theme.key).where(Theme.id == theme_id)) or ""


def unreadable() -> str:
    return _("This can no longer be read: the key of the forum is another one now.")


def by_ids(note_ids: Collection[int]) -> dict[int, FieldNote]:
    found = session().scalars(select(FieldNote).where(FieldNote.id.in_(note_ids)))
    return {one.id: one for one in found}

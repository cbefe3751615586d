"""May I, with commitments and field notes. `who` is a Member or a Visitor."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from forum.accounts.rules import kept_silent
from forum.commitments.models import MOST, MOST_QUESTIONS, Commitment, FieldNote
from forum.core.rules import rule
from forum.threads.models import HIDDEN, STANDING, WITHDRAWN
from forum.threads.reasons import UNTIL_SEEN


@dataclass(frozen=True, slots=True)
class Room:
    """Where someone would commit: whether the practice is on there, and how many commitments they keep."""

    on: bool
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """What someone would tell of: their own commitment or another's, answered or not, told or not, of the practice on or off.

    `waits`: what they write is read by a moderator first.
    """

    own: bool
    on: bool = True
    answered: bool = True
    told: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A field note as someone stands to it who would ask about it."""

    state: str
    door: bool = True
    own: bool = False
    on: bool = True
    asked: int = 0
    asked_already: bool = False
    waits: bool = False


@rule()
def commit(who: Any, room: Room) -> str | None:
    if not who:
        return _("Log in to note something for yourself.")
    if not room.on:
        return _("This is switched off here at present. What you noted is still yours.")
    if room.kept >= MOST:
        return _("You keep %(most)s of these, which is all that fit. Throw one away first.", most=MOST)
    return None


@rule(Commitment)
def answer_commitment(who: Any, own: Commitment) -> str | None:
    """An answer can be changed; and it can be given when nobody asked."""
    if not who or own.member_id != who.id:
        return _("This is not yours.")
    return None


@rule(Commitment)
def throw_away_commitment(who: Any, own: Commitment) -> str | None:
    if not who or own.member_id != who.id:
        return _("This is not yours.")
    return None


@rule(Telling)
def tell_field_note(who: Any, of: Telling) -> str | None:
    if not of.own:
        return _("This is not yours.")
    if of.told:
        return _("You have told of this already.")
    if not of.on:
        return _("This is switched off here at present. What you noted is still yours.")
    if not of.answered:
        return _("Say first what came of it.")
    if of.waits:
        return _(
            "What you write is still read by a moderator first. Once a reply of yours stands, you can tell of this, too."
        )
    return kept_silent(who)


@rule(FieldNote)
def take_back_note(who: Any, own: FieldNote) -> str | None:
    if not who or not own.is_by(who.id):
        return _("Only whoever wrote this can take it back.")
    if own.state == WITHDRAWN:
        return _("This is taken back already.")
    return None


@rule(Asking)
def ask_about_note(who: Any, of: Asking) -> str | None:
    if not who:
        return _("Log in to ask about this.")
    return _closed(of) or _asked(of) or kept_silent(who)


def _closed(of: Asking) -> str | None:
    if of.state != STANDING:
        return _("This does not stand at present, so nobody can ask about it.")
    if not of.door:
        return _("Whoever wrote this does not want to be asked.")
    if not of.on:
        return _("This is switched off here at present.")
    return None


def _asked(of: Asking) -> str | None:
    if of.own:
        return _("You wrote this yourself.")
    if of.asked_already:
        return _("You have asked about this already.")
    if of.asked >= MOST_QUESTIONS:
        return _("Two questions stand here, and more are not asked.")
    if of.waits:
        return _(
            "What you write is still read by a moderator first. Once a reply of yours stands, you can ask here, too."
        )
    return None


@rule(FieldNote, staff=True)
def hide_field_note(who: Any, of: FieldNote) -> str | None:
    """One that is hidden until a moderator has looked at it can be hidden for good."""
    if not who.moderates:
        return _("Only moderators hide a field note.")
    if of.state == WITHDRAWN:
        return _("This was taken back; there is nothing to hide.")
    if of.state == HIDDEN and of.state_reason != UNTIL_SEEN:
        return _("This is hidden already.")
    return None


@rule(FieldNote, staff=True)
def restore_field_note(who: Any, of: FieldNote) -> str | None:
    if not who.moderates:
        return _("Only moderators restore a field note.")
    if of.state != HIDDEN:
        return _("This is not hidden.")
    return None

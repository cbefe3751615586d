from typing import Any

from flask import current_app
from flask_babel import gettext as _

from forum.accounts.models import WAITING, Factor, Member
from forum.core.i18n import time_tag
from forum.core.rules import rule


def kept_silent(who: Any) -> str | None:
    """Return why someone may write nothing new here at present, for the rules of all that is written."""
    if who.outside:
        return outside(who)
    if who.banned_at:
        return banned()
    if who.paused:
        return _(
            "You are paused until %(time)s. You can read, change or withdraw what you wrote, and appeal.",
            time=time_tag(who.paused_until).striptags(),
        )
    return None


def banned() -> str:
    return _("You are banned from this place. You can read why, appeal, and take along or delete what is kept of you.")


@rule(Member, staff=True)
def pause_member(who: Any, member: Member) -> str | None:
    if not who.moderates:
        return _("Only moderators pause a member.")
    if member.moderates:
        return _("Whoever keeps this place cannot be paused; an admin takes their role first.")
    if member.banned_at:
        return _("This member is banned.")
    if member.paused:
        return _("This member is paused already. Take that back first.")
    return None


@rule(Member, staff=True)
def ban_member(who: Any, member: Member) -> str | None:
    if not who.moderates:
        return _("Only moderators ban a member.")
    if member.moderates:
        return _("Whoever keeps this place cannot be banned; an admin takes their role first.")
    if member.banned_at:
        return _("This member is banned already.")
    return None


@rule()
def register(who: Any, ticket: Any) -> str | None:
    """Registration is open, by invitation, or closed; an invitation or the first admin's link opens it."""
    if who:
        return _("You are logged in already.")
    if ticket is not None and ticket.purpose in {"invite", "admin"}:
        return None
    if current_app.config["REGISTRATION"] == "closed":
        return _("Nobody can register here at present.")
    if current_app.config["REGISTRATION"] == "invite":
        return _("Registration is by invitation: please open the link that you were given.")
    return None


@rule(staff=True)
def see_members(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins see the list of members.")
    return None


@rule(staff=True)
def invite(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins invite.")
    return None


@rule(Member)
def mute(who: Any, member: Member) -> str | None:
    """How many one can mute is checked where they are muted."""
    if not who:
        return _("Log in to mute someone.")
    if who.id == member.id:
        return _("You cannot mute yourself.")
    if not member.name:
        return _("Its author has left.")
    return None


@rule(Member, staff=True)
def give_role(who: Any, member: Member) -> str | None:
    """An admin gives and takes roles; that one admin always remains is checked where the role is given."""
    if not who.administers:
        return _("Only admins give and take roles.")
    return None


@rule(Member, staff=True)
def appoint(who: Any, member: Member) -> str | None:
    if not who.administers:
        return _("Only admins appoint facilitators.")
    return None


@rule(Factor)
def set_up_factor(who: Any, own: Factor | None) -> str | None:
    if not who:
        return _("Log in to set up a second factor.")
    if own and own.since:
        return _("You have a second factor already.")
    return None


@rule(Factor)
def change_factor(who: Any, own: Factor | None) -> str | None:
    """Turning it off, and making its recovery codes anew."""
    if not who or own is None or own.since is None:
        return _("You have no second factor.")
    return None


def outside(who: Any) -> str | None:
    """Return what stands in the way of someone who is not let in, whatever they want to write."""
    if who.outside == WAITING:
        return _("Your account waits for a moderator. Until then you can read everything, and write nothing yet.")
    if who.outside:
        return _("A moderator did not let this account in. You can read everything, and write nothing.")
    return None


@rule(staff=True)
def see_waiting_accounts(who: Any, _subject: None = None) -> str | None:
    if not who.moderates:
        return _("Only moderators see the accounts that wait.")
    return None


@rule(Member, staff=True)
def decide_about_account(who: Any, member: Member) -> str | None:
    if not who.moderates:
        return _("Only moderators let people in.")
    if member.outside != WAITING:
        return _("Somebody has decided about this account already.")
    return None

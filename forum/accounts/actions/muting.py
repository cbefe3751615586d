"""Whom a member does not want to hear. No reader's page but theirs changes, so the pulse stays as it is."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from forum.accounts.models import Member, Mute
from forum.accounts.signals import muted, unmuted
from forum.core.db import session, transaction
from forum.core.rules import Refused, require

MOST = 500


def mute(member: Member, *, by: Member) -> None:
    """Mute a member for `by` alone; once more changes nothing. Raises Refused."""
    with transaction(public=False):
        require("mute", by, member)
        if session().get(Mute, (by.id, member.id)):
            return
        if (session().scalar(select(func.count()).where(Mute.muter_id == by.id)) or 0) >= MOST:
            raise Refused("mute", _("You have muted %(most)s people; more is not possible.", most=MOST))
        session().add(Mute(muter_id=by.id, muted_id=member.id))
        muted.send(by)


def unmute(member: Member, *, by: Member) -> None:
    with transaction(public=False):
        session().execute(delete(Mute).where(Mute.muter_id == by.id, Mute.muted_id == member.id))
        unmuted.send(by)

from flask_babel import gettext as _

from forum.accounts import queries
from forum.accounts.actions import admitting
from forum.accounts.models import ROLES, Facilitation, Member
from forum.core import log
from forum.core.db import session, transaction
from forum.core.rules import Refused, require


def give_role(member: Member, role: str, *, by: Member | None) -> None:
    """Make a member a member, moderator or admin; `by` is None for the host at the terminal.

    Raises Refused for the last admin's role, ValueError for a role that does not exist.
    """
    if role not in ROLES:
        raise ValueError(role)
    with transaction():
        if by is not None:
            require("give_role", by, member)
        if member.role == role:
            return
        if member.banned_at or member.paused:
            raise Refused("give_role", _("This member is paused or banned. Take that back first."))
        if queries.is_last_admin(member):
            raise Refused("give_role", _("This is the last admin. Make someone else an admin first."))
        member.role = role
        admitting.open_to(member)
        _logged("give_role", by, member, detail=role)


def appoint(member: Member, theme_id: int, *, by: Member | None) -> None:
    """Make a member facilitator of a theme."""
    with transaction():
        if by is not None:
            require("appoint", by, member)
        if session().get(Facilitation, (theme_id, member.id)) is None:
            session().add(Facilitation(theme_id=theme_id, member_id=member.id))
            _logged("appoint", by, member, theme_id=theme_id)


def dismiss(member: Member, theme_id: int, *, by: Member | None) -> None:
    """Take a theme from its facilitator."""
    with transaction():
        if by is not None:
            require("appoint", by, member)
        held = session().get(Facilitation, (theme_id, member.id))
        if held is not None:
            session().delete(held)
            _logged("dismiss", by, member, theme_id=theme_id)


def _logged(act: str, by: Member | None, member: Member, **what: object) -> None:
    log.record(act, by.id if by else None, by.role if by else "host", member_id=member.id, **what)

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from forum.accounts import passwords, queries
from forum.accounts.models import FreedName, Member, Ticket
from forum.core import clock, limits, log
from forum.core.db import session, transaction
from forum.core.rules import Refused, require
from forum.core.text import skeleton


def register(*, name: str, email: str, password: str, locale: str, who: object, token: str = "") -> Member:
    """Make an account. Raises Refused (closed, or the name is taken since) or TooOften.

    Nothing tells whether the e-mail address is known: an address that nobody confirmed is nobody's.
    """
    network = limits.network()
    limits.check("register", network)
    _require_free(name)
    secret = passwords.hashed(password, current_app.config["PASSWORD_COST"])  # slow: before anyone has to wait for it
    with transaction(public=True):
        # Asked again: others may have registered in the meantime.
        limits.check("register", network)
        _require_free(name)
        ticket = queries.ticket(token, "invite", "admin") if token else None
        require("register", who, ticket)
        member = Member(
            name=name,
            name_key=skeleton(name),
            email=email,
            email_key=email.casefold(),
            password_hash=secret,
            locale=locale,
            created_at=clock.now(),
        )
        session().add(member)
        session().flush()
        limits.count("register", network)
        if ticket is not None:
            _use(ticket, member)
    return member


def _require_free(name: str) -> None:
    if queries.named(name) or queries.freed(name):
        raise Refused("register", _("This name, or one that looks like it, is taken."))


def free_names(before: datetime) -> int:
    """Let anyone take the names of those who left before a moment; return how many they were."""
    old = FreedName.at < before
    if not session().scalar(select(exists().where(old))):
        return 0
    with transaction(public=False):
        return session().execute(delete(FreedName).where(old)).rowcount  # type: ignore[attr-defined]


def become_admin(member: Member, token: str) -> None:
    """Make a member the first admin by the link that the terminal showed. Raises Refused."""
    with transaction():
        ticket = queries.ticket(token, "admin")
        if ticket is None:
            raise Refused("register", _("This link has been used, or it has expired."))
        _use(ticket, member)


def _use(ticket: Ticket, member: Member) -> None:
    ticket.used_at = clock.now()
    if ticket.purpose == "admin":
        member.role = "admin"
        log.record("give_role", None, "host", member_id=member.id, detail="admin")

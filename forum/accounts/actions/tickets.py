import secrets
from datetime import timedelta

from sqlalchemy import delete, exists, or_, select

from forum.accounts import queries
from forum.accounts.models import Member, Ticket
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.rules import require

LASTS = {"admin": timedelta(hours=1), "reset": timedelta(hours=1), "invite": timedelta(days=14)}


def admin_ticket() -> str | None:
    """Return the token of a new link for the first admin, or None when there is an admin. Older links stop working."""
    with transaction(public=False):
        if queries.admins():
            return None
        session().execute(delete(Ticket).where(Ticket.purpose == "admin", Ticket.used_at.is_(None)))
        return _issue("admin")


def reset_ticket(member: Member) -> str:
    """Return the token of a new link for a password; the member's older ones stop working."""
    with transaction(public=False):
        older = delete(Ticket).where(Ticket.purpose == "reset", Ticket.member_id == member.id)
        session().execute(older)
        return _issue("reset", member_id=member.id)


def invite(by: Member | None) -> str:
    """Return the token of a new invitation; `by` is None for the host at the terminal."""
    with transaction(public=False):
        if by is not None:
            require("invite", by)
        return _issue("invite", made_by_id=by.id if by else None)


def expire() -> int:
    """Delete links that were used or have run out; return how many they were."""
    over = or_(Ticket.used_at.is_not(None), Ticket.expires_at < clock.now())
    if not session().scalar(select(exists().where(over))):
        return 0
    with transaction(public=False):
        return session().execute(delete(Ticket).where(over)).rowcount  # type: ignore[attr-defined]


def _issue(purpose: str, *, member_id: int | None = None, made_by_id: int | None = None) -> str:
    token, at = secrets.token_urlsafe(32), clock.now()
    session().add(
        Ticket(
            purpose=purpose,
            token_hash=queries.digest(token),
            member_id=member_id,
            made_by_id=made_by_id,
            created_at=at,
            expires_at=at + LASTS[purpose],
        )
    )
    return token

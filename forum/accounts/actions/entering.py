import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from forum.accounts import passwords, queries
from forum.accounts.actions import proving
from forum.accounts.models import Entrance, LoginSession, Member, Ticket
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.rules import Refused
from forum.core.text import skeleton

SHORT_STAY = timedelta(days=7)  # the cookie itself goes when the browser is closed
LONG_STAY = timedelta(days=60)
BETWEEN = timedelta(minutes=5)  # the two steps of whoever has a second factor

Known = tuple[int, str | None]  # a member's id and the hash of their password
NOBODY: Known = (0, None)


@dataclass(frozen=True, slots=True)
class Halfway:
    """The password was right, and a code is still to come: from the browser that is given the token, and no other."""

    token: str


def log_in(*, login: str, password: str, remember: bool, device: str) -> Member | Halfway:
    """Open a session; the member returned carries its token. Raises Refused, in the same words for any reason, or TooOften.

    Of whoever has a second factor only the first step is made. Whether someone has one is told to nobody before.
    The try is counted before the password is looked at: many processes at once get no more tries than one.
    """
    account, network = _account(login), limits.network()
    with transaction(public=False):
        limits.check("login-account", account)
        limits.check("login-address", network)
        limits.count("login-account", account)
        limits.count("login-address", network)
    known: list[Known] = [(member.id, member.password_hash) for member in queries.candidates(login)]
    cost = current_app.config["PASSWORD_COST"]
    tried = (pair for pair in known or [NOBODY] if passwords.matches(password, pair[1], cost))
    found, secret = next(tried, NOBODY)
    with transaction(public=False):
        member = session().get(Member, found)
        if member is None or member.password_hash != secret:  # it may have been changed a moment ago
            raise Refused("log_in", _("Name or password is not right."))
        limits.forget("login-account", account)
        if member.has_factor:
            return _halfway(member, remember=remember)
        return open_session(member, remember=remember, device=device)


def _halfway(member: Member, *, remember: bool) -> Halfway:
    token = secrets.token_urlsafe(32)
    until = clock.now() + BETWEEN
    hashed = queries.digest(token)
    session().add(Entrance(token_hash=hashed, member_id=member.id, remember=remember, expires_at=until))
    return Halfway(token)


def finish(token: str, code: str, *, device: str) -> tuple[Member, bool]:
    """Make the second step; return the member, who carries the session's token, and whether they asked to stay.

    Raises Refused if the code is not right or the first step is too long ago, or TooOften.
    """
    began = queries.entrance(token)
    if began:
        proving.count_try(began.member_id)
    with transaction(public=False):
        began = queries.entrance(token)
        if began is None:
            raise Refused("log_in", too_late())
        member = session().get_one(Member, began.member_id)
        proving.use_code(member, code)
        remember = began.remember
        session().delete(began)
        return open_session(member, remember=remember, device=device), remember


def too_late() -> str:
    return _("The first step is more than five minutes ago. Please begin again with your password.")


def _account(login: str) -> str:
    """Return what to count tries by: one key for all the spellings that lead to one account."""
    written = login.strip().casefold() if "@" in login else skeleton(login)
    return sha256(written.encode()).hexdigest()[:24]


def open_session(member: Member, *, remember: bool, device: str) -> Member:
    """Add a session to the running transaction; the token, known to the cookie alone, is set on the member."""
    at, token = clock.now(), secrets.token_urlsafe(32)
    session().add(
        LoginSession(
            token_hash=queries.digest(token),
            member_id=member.id,
            device=device,
            created_at=at,
            expires_at=at + (LONG_STAY if remember else SHORT_STAY),
            confirmed_at=at,
        )
    )
    member.token = token
    return member


def expire() -> int:
    """Delete sessions that have run out, and first steps that no second followed; return how many they were."""
    return _expire(LoginSession) + _expire(Entrance)


def _expire(kind: type[LoginSession | Entrance]) -> int:
    over = kind.expires_at < clock.now()
    if not session().scalar(select(exists().where(over))):
        return 0
    with transaction(public=False):
        return session().execute(delete(kind).where(over)).rowcount  # type: ignore[attr-defined]


def log_out(token: str) -> None:
    with transaction(public=False):
        session().execute(delete(LoginSession).where(LoginSession.token_hash == queries.digest(token)))


def end_session(member: Member, session_id: int) -> None:
    """End one of the member's own sessions; someone else's id does nothing."""
    with transaction(public=False):
        own = delete(LoginSession).where(LoginSession.id == session_id, LoginSession.member_id == member.id)
        session().execute(own)


def end_others(member: Member, keep: str) -> None:
    """End every session and every half-made entrance of a member but the session with this token; inside a transaction."""
    others = delete(LoginSession).where(LoginSession.member_id == member.id)
    session().execute(others.where(LoginSession.token_hash != queries.digest(keep)))
    session().execute(delete(Entrance).where(Entrance.member_id == member.id))


def change_password(member: Member, *, current: str, code: str = "", new: str) -> None:
    """Set a new password and end every other session. Raises Refused if the current one is wrong, or TooOften."""
    stored = member.password_hash
    proving.confirm(member, current, code)
    secret = passwords.hashed(new, current_app.config["PASSWORD_COST"])
    with transaction(public=False):
        if member.password_hash != stored:
            raise Refused("confirm", _("Your password is not right."))
        _set_password(member, secret, keep=member.token)


def reset_password(token: str, new: str) -> None:
    """Set a new password by a one-time link and end every session. Raises Refused if the link is spent."""
    secret = passwords.hashed(new, current_app.config["PASSWORD_COST"])
    with transaction(public=False):
        ticket = queries.ticket(token, "reset")
        member = session().get(Member, ticket.member_id) if ticket else None
        if member is None:
            raise Refused("reset_password", _("This link has been used, or it has expired."))
        _set_password(member, secret, keep="")


def _set_password(member: Member, secret: str, *, keep: str) -> None:
    member.password_hash = secret
    end_others(member, keep)
    # Whoever holds an older link must not be able to set the password back.
    for ticket in session().scalars(select(Ticket).where(Ticket.purpose == "reset", Ticket.member_id == member.id)):
        ticket.used_at = ticket.used_at or clock.now()

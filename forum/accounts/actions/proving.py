"""Showing that it is still you: by the password, and by the code of a second factor."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, update

from forum.accounts import codes, passwords, queries
from forum.accounts.models import Factor, LoginSession, Member, RecoveryCode
from forum.core import clock, limits, sealed
from forum.core.db import session, transaction
from forum.core.rules import Refused

TRIES = ("factor", "factor-day")


def confirm(member: Member, password: str, code: str = "") -> None:
    """Note in the member's session that they showed who they are. Raises Refused if anything is wrong, or TooOften.

    Each try is counted before it is looked at: many at once get no more of them than one.
    """
    account = _account(member.id)
    with transaction(public=False):
        limits.check("login-account", account)
        limits.count("login-account", account)
    if not passwords.matches(password, member.password_hash, current_app.config["PASSWORD_COST"]):
        raise Refused("confirm", _("Your password is not right."))
    if member.has_factor:
        count_try(member.id)
    at = clock.now()
    with transaction(public=False):
        if member.has_factor:
            use_code(member, code)
        limits.forget("login-account", account)
        here = LoginSession.token_hash == queries.digest(member.token)
        session().execute(update(LoginSession).where(here).values(confirmed_at=at))
    member.confirmed_at = at


def count_try(member_id: int) -> None:
    """Count a try at a code, in a transaction of its own, before the code is looked at. Raises TooOften."""
    account = _account(member_id)
    with transaction(public=False):
        for act in TRIES:
            limits.check(act, account)
            limits.count(act, account)


def use_code(member: Member, code: str) -> None:
    """Use a code up, inside a transaction: each is good once, whoever comes at the same time. Raises Refused."""
    own = queries.factor(member)
    if own is None or own.since is None or not (use_step(own, code) or _use_recovery(member, code)):
        raise Refused(
            "confirm", _("This code is not right, or it was used already. The next one comes within half a minute.")
        )
    forget_tries(member.id)


def forget_tries(member_id: int) -> None:
    for act in TRIES:
        limits.forget(act, _account(member_id))


def use_step(own: Factor, code: str) -> bool:
    """Return whether this is the code of a half minute that has not been used, and use it up."""
    secret = sealed.opened(purpose(own.member_id), own.secret)
    step = codes.step_of(secret, code, clock.now()) if secret else None
    if step is None or step <= own.last_step:
        return False
    own.last_step = step
    return True


def _use_recovery(member: Member, code: str) -> bool:
    digest = recovery_digest(member.id, code)
    same = delete(RecoveryCode).where(RecoveryCode.member_id == member.id, RecoveryCode.digest == digest)
    return session().execute(same).rowcount == 1  # type: ignore[attr-defined]


def recovery_digest(member_id: int, code: str) -> str:
    return sealed.fingerprint(f"recovery {member_id}", codes.plain(code))


def purpose(member_id: int) -> str:
    """Return for what a member's secret is sealed."""
    return f"factor {member_id}"


def _account(member_id: int) -> str:
    return f"member:{member_id}"

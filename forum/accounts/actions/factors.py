"""Setting up a second factor, and taking it away again. No page of another reader shows any of it: the pulse stays as it is."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import and_, delete, exists, select

from forum.accounts import codes, queries
from forum.accounts.actions import entering, proving
from forum.accounts.models import Entrance, Factor, Member, RecoveryCode
from forum.core import clock, log, sealed
from forum.core.db import session, transaction
from forum.core.rules import Refused, require


def begin(by: Member) -> None:
    """Draw a secret, which is asked for once a first code of it was right; one that was drawn before is worth nothing then."""
    with transaction(public=False):
        own = queries.factor(by)
        require("set_up_factor", by, own)
        if own:
            session().delete(own)
            session().flush()
        secret = sealed.sealed(proving.purpose(by.id), codes.new_secret())
        session().add(Factor(member_id=by.id, secret=secret, begun_at=clock.now()))


def secret_of(own: Factor | None) -> str | None:
    """Return the secret of a second factor that is being set up; afterwards nobody is shown it again."""
    return sealed.opened(proving.purpose(own.member_id), own.secret) if own and own.since is None else None


def turn_on(code: str, *, by: Member) -> list[str]:
    """Ask for codes from now on, and end every other session; return the recovery codes. Raises Refused or TooOften."""
    proving.count_try(by.id)
    with transaction(public=False):
        own = queries.factor(by)
        require("set_up_factor", by, own)
        if own is None or not proving.use_step(own, code):
            raise Refused("set_up_factor", _("This code is not right. Please type the one that your app shows now."))
        own.since = clock.now()
        by.has_factor = True
        entering.end_others(by, by.token)
        proving.forget_tries(by.id)
        return _new_codes(by)


def renew_codes(*, by: Member) -> list[str]:
    """Return new recovery codes; the older ones are worth nothing from now on. Raises Refused."""
    with transaction(public=False):
        require("change_factor", by, queries.factor(by))
        return _new_codes(by)


def _new_codes(member: Member) -> list[str]:
    made = codes.new_recovery()
    session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    digests = (proving.recovery_digest(member.id, code) for code in made)
    session().add_all(RecoveryCode(member_id=member.id, digest=digest) for digest in digests)
    return made


def turn_off(*, by: Member) -> None:
    with transaction(public=False):
        require("change_factor", by, queries.factor(by))
        _remove(by)


def remove(member: Member) -> None:
    """Take away a second factor that was lost, for the host at the terminal. Raises Refused."""
    with transaction():
        if not member.has_factor:
            raise Refused("change_factor", _("%(name)s has no second factor.", name=member.name))
        _remove(member)
        log.record("remove_factor", None, "host", member_id=member.id)


def _remove(member: Member) -> None:
    for kind in (Factor, RecoveryCode, Entrance):
        session().execute(delete(kind).where(kind.member_id == member.id))
    member.has_factor = False


def lost() -> tuple[int, list[str]]:
    """Return how many second factors there are, and the names of those whose secret the forum's key does not open."""
    found = (
        session().execute(select(Factor.member_id, Factor.secret, Member.name).join(Member).order_by(Member.name)).all()
    )
    return len(found), [row.name for row in found if sealed.opened(proving.purpose(row.member_id), row.secret) is None]


def expire(before: datetime) -> int:
    """Delete what was begun and not finished; return how much it was."""
    left = and_(Factor.since.is_(None), Factor.begun_at < before)
    if not session().scalar(select(exists().where(left))):
        return 0
    with transaction(public=False):
        return session().execute(delete(Factor).where(left)).rowcount  # type: ignore[attr-defined]

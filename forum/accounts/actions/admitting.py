"""Who waits at the door, and letting them in."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.accounts import queries
from forum.accounts.disposable import is_disposable
from forum.accounts.models import (
    ADDRESS,
    ADMITTED,
    BURST,
    EVERYONE,
    PROOF,
    REFUSED,
    WAITING,
    Admission,
    Burst,
    Member,
)
from forum.core import clock, log
from forum.core.db import session, transaction
from forum.core.rules import require

# So many accounts in an hour are a burst: this often what is usual, and not few.
TIMES, FEWEST = 5, 10
LASTS = timedelta(hours=6)


def hold_back(member: Member, *, proven: bool) -> None:
    """Let a new account wait for a moderator where there is a cause; inside the transaction that makes it."""
    bursting = _ring()
    if current_app.config["REGISTRATION"] == "approve":
        hold(member, EVERYONE)
    elif not proven:
        hold(member, PROOF)
    elif is_disposable(member.email, current_app.config["INSTANCE"]):
        hold(member, ADDRESS)
    elif bursting:
        hold(member, BURST)


def hold(member: Member, cause: str) -> None:
    member.outside = WAITING
    session().add(Admission(member_id=member.id, cause=cause, asked_at=clock.now()))


def _ring() -> bool:
    """Return whether many come at once, or did a few hours ago; the first of them leaves a row that says so."""
    known, count = queries.burst(), queries.came_lately()
    if known is not None:
        known.count = max(known.count, count)
        return True
    if count < FEWEST or count <= TIMES * queries.usually_come():
        return False
    at = clock.now()
    session().add(Burst(count=count, began_at=at, until=at + LASTS))
    return True


def admit(member: Member, *, by: Member) -> None:
    with transaction():
        require("decide_about_account", by, member)
        open_to(member)
        log.record("admit_member", by.id, by.role)


def open_to(member: Member) -> None:
    """Let someone in, inside a transaction: by a decision about them, or with a role that they are given."""
    member.outside = ""
    if found := queries.admission(member.id):
        found.state, found.decided_at = ADMITTED, clock.now()


def refuse(member: Member, *, reason: str, by: Member) -> None:
    """Let an account write nothing, with a reason that its owner reads; after a while it goes."""
    with transaction():
        require("decide_about_account", by, member)
        member.outside = REFUSED
        if found := queries.admission(member.id):
            found.state, found.reason, found.decided_at = REFUSED, reason, clock.now()
        log.record("refuse_member", by.id, by.role, reason=reason)


def forget(before: datetime) -> int:
    """Delete accounts that were refused before, and what is known of others' waiting; return how many they were."""
    old = Admission.decided_at < before
    if session().scalar(select(Admission.member_id).where(old).limit(1)) is None:
        return 0
    with transaction():
        refused = session().scalars(select(Admission.member_id).where(old, Admission.state == REFUSED)).all()
        for member_id in refused:
            _delete(member_id)
        gone = session().execute(delete(Admission).where(old, Admission.state == ADMITTED))
        return len(refused) + gone.rowcount  # type: ignore[attr-defined]


def _delete(member_id: int) -> None:
    """Delete an account that never wrote anything; one to which something points all the same stays, refused."""
    try:
        with session().begin_nested():
            session().execute(delete(Member).where(Member.id == member_id))
    except IntegrityError:
        session().execute(delete(Admission).where(Admission.member_id == member_id))

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from forum.accounts import passwords, proof, queries
from forum.accounts.actions import admitting
from forum.accounts.models import FreedName, Member, Ticket
from forum.core import clock, limits, log
from forum.core.db import session, transaction
from forum.core.rules import Refused, require
from forum.core.text import skeleton


@dataclass(frozen=True, slots=True)
class Proof:
    """What came with a form: its stamp, and the sum, "" where the browser did none."""

    stamp: str
    sum: str


class Unready(Refused):
    """A form that was not opened here, or was sent before, too soon or too late. Sent again, it may do."""


def register(
    *, name: str, email: str, password: str, locale: str, who: object, proven: Proof, token: str = ""
) -> Member:
    """Make an account. Raises Refused (closed, or the name is taken since), Unready or TooOften.

    Whoever comes without a one-time link may have to wait for a moderator (admitting.py).
    Nothing tells whether the e-mail address is known: an address that nobody confirmed is nobody's.
    """
    network = limits.network()
    limits.check("register", network)
    mark = "" if token and queries.ticket(token, "invite", "admin") else _mark(proven.stamp)
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
        else:
            mark = mark or _mark(proven.stamp)
            _require_unused(mark)
            limits.count("register-form", mark)
            admitting.hold_back(member, proven=proof.solved(proven.stamp, proven.sum))
    return member


def _mark(stamped: str) -> str:
    """Return the mark of a form that was opened long enough ago, and not used yet. Raises Unready."""
    found = _read(stamped)
    if found is None:
        late = _("This form lay open for more than a day, or comes from elsewhere. Please send it once more.")
        raise Unready("register", late)
    if clock.now() - found.at < proof.FASTEST:
        fast = _("That was faster than anyone can type. Please look at it once more and send it again.")
        raise Unready("register", fast)
    _require_unused(found.mark)
    return found.mark


def _read(stamped: str) -> proof.Stamp | None:
    return proof.read(str(current_app.config["SECRET_KEY"]), stamped, clock.now())


def _require_unused(mark: str) -> None:
    """Asked again inside the transaction, where nobody comes between."""
    try:
        limits.check("register-form", mark)
    except limits.TooOften:
        raise Unready("register", _("This form was sent once already. Please send it once more.")) from None


def going_on(stamped: str) -> str:
    """Return the stamp with which a form goes on: its own while that is good for one account, else a new one."""
    found = _read(stamped)
    try:
        _require_unused(found.mark if found else "")
    except Unready:
        found = None
    return stamped if found else proof.stamp(str(current_app.config["SECRET_KEY"]), clock.now())


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
        admitting.open_to(member)
        log.record("give_role", None, "host", member_id=member.id, detail="admin")

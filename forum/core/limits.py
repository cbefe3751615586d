"""How often one may: counted in rows, so across processes and restarts.

An address is cut to its network (/24, or /48 for IPv6) and hashed with the forum's key before it is stored, and gone within
seven days.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any

from flask import current_app, request
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import Index, and_, delete, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.db import Moment, db, session, transaction
from forum.core.holdings import DAY, Holding, Leaver, hold, rows

KEEP = timedelta(days=7)
MOST_MINUTES = 90  # a longer wait is said in hours


class Attempt(db.Model):  # type: ignore[misc, name-defined]
    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_act_key_at", "act", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True, slots=True)
class Limit:
    most: int
    within: timedelta


LIMITS = {
    "login-account": Limit(10, timedelta(minutes=15)),
    "login-address": Limit(60, timedelta(minutes=15)),
    "factor": Limit(5, timedelta(minutes=15)),
    "factor-day": Limit(20, timedelta(days=1)),
    "register": Limit(30, timedelta(hours=1)),
    "register-form": Limit(1, timedelta(days=1)),  # of one form, by its mark; as long as its stamp is good
    "reply": Limit(20, timedelta(minutes=10)),
    "first-day-reply": Limit(10, timedelta(days=1)),
    "first-day-thread": Limit(3, timedelta(days=1)),
    "first-day-network": Limit(40, timedelta(days=1)),
    "thread": Limit(5, timedelta(hours=1)),
    "commitment": Limit(20, timedelta(days=1)),
    "draft": Limit(300, timedelta(minutes=10)),
    "download": Limit(3, timedelta(days=1)),
    "flag": Limit(10, timedelta(days=1)),
    "report": Limit(10, timedelta(days=1)),
}


class TooOften(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A limit that bit; `wait` is in whole seconds, `sentence` says it in the reader's language."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def sentence(self) -> str:
        minutes = -(-self.wait // 60)
        when = ngettext("in %(num)s minute", "in %(num)s minutes", minutes)
        if minutes > MOST_MINUTES:
            when = ngettext("in %(num)s hour", "in %(num)s hours", -(-minutes // 60))
        return gettext("That was often within a short time. You can go on %(when)s.", when=when)


def network() -> str:
    """Return the asking address, cut to its network and hashed: enough to count by, too little to know anyone by."""
    try:
        address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 (not bound to; stands for "unknown")
    except ValueError:
        address = ip_address("0.0.0.0")  # noqa: S104
    # A server that listens to both kinds writes 192.0.2.1 as ::ffff:192.0.2.1: all of those would be one network.
    address = getattr(address, "ipv4_mapped", None) or address
    cut = ip_network((address, 24 if address.version == 4 else 48), strict=False)  # noqa: PLR2004 (IP version 4)
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, str(cut).encode(), sha256).hexdigest()[:24]


def check(act: str, key: str) -> None:
    """Raise TooOften when `key` has done `act` as often as its limit allows. Reads only."""
    limit, at = LIMITS[act], clock.now()
    # Far in the future stands only what was noted while the clock went wrong: it keeps nobody out until then.
    near = (Attempt.at > at - limit.within, Attempt.at < at + limit.within)
    counted = select(func.count(), func.min(Attempt.at)).where(Attempt.act == act, Attempt.key == key, *near)
    count, first = session().execute(counted).one()
    if count >= limit.most:
        wait = (first + limit.within - at).total_seconds()
        raise TooOften(max(1, round(wait)))


def count(act: str, key: str) -> None:
    """Note that `key` did `act`; call it inside a transaction. Notes of the same that count no more go with it."""
    at = clock.now()
    session().add(Attempt(act=act, key=key, at=at))
    spent = and_(Attempt.act == act, Attempt.key == key, Attempt.at <= at - LIMITS[act].within)
    session().execute(delete(Attempt).where(spent))


def forget(act: str, key: str) -> None:
    """Drop the count: the person has shown who they are."""
    session().execute(delete(Attempt).where(Attempt.act == act, Attempt.key == key))


def expire(before: datetime) -> int:
    """Delete older notes, and a day before they have to be gone: nobody looks more often than daily."""
    old = Attempt.at < before + DAY
    if not session().scalar(select(exists().where(old))):
        return 0
    with transaction(public=False):
        return session().execute(delete(Attempt).where(old)).rowcount  # type: ignore[attr-defined]


def keys_of(member_id: int) -> tuple[str, ...]:
    """Return under which keys is noted what a member did; tries to log in stand under others, which nobody can be told by."""
    return (str(member_id), f"member:{member_id}")


def _leave(leaver: Leaver) -> bool:
    session().execute(delete(Attempt).where(Attempt.key.in_(keys_of(leaver.id))))
    return False


def _told(member_id: int) -> Iterator[Mapping[str, Any]]:
    noted = select(Attempt.at, Attempt.act).where(Attempt.key.in_(keys_of(member_id)))
    for row in rows(noted, Attempt.id):
        yield {"at": row.at, "act": row.act}


hold(
    Holding(
        key="attempts",
        group="safety",
        tables=(Attempt,),
        title=_l("Notes against guessing and flooding"),
        what=_l(
            "Each try to log in and each new account, with a shortened network address: its last part is cut off, and the rest "
            "is turned into a fingerprint with a key that only this forum has. For a try to log in also a fingerprint of the "
            "name or address that was typed, until you get in. That you wrote a reply, opened a thread, saved a draft, noted "
            "something for yourself or were asked for your password or a code, and when. Nothing that you write is stored with an "
            "address."
        ),
        why=_l("So that passwords cannot be guessed and the place cannot be flooded."),
        until=_l("Gone within %(time)s, most of it sooner."),
        leaving=_l("It goes."),
        fields={"at": _l("When"), "act": _l("What was done")},
        told=_told,
        steps=(_leave,),
        lasts=KEEP,
        purge=expire,
    )
)

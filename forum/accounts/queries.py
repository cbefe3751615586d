import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from statistics import median
from typing import Any

from flask import current_app, g
from flask import session as cookie
from sqlalchemy import Row, bindparam, exists, func, or_, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import (
    LONG_AGO,
    STAFF,
    WAITING,
    Admission,
    Burst,
    Entrance,
    Facilitation,
    Factor,
    FreedName,
    LoginSession,
    Member,
    Mute,
    RecoveryCode,
    Ticket,
)
from forum.core import clock, site
from forum.core.db import Moment, Site, read, reading, session
from forum.core.pages import Page, Place, page, window
from forum.core.text import calls_everyone, skeleton

SIZE = 50
MOST_OF_ONE_ADDRESS = 3
HOUR = timedelta(hours=1)
USUAL = timedelta(days=28)  # from which it is known how many come in an hour
LATEST = 50  # decisions from which the usual wait is known


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


_COLUMNS = Member.__table__.columns
# Asked with every request of every member: put together once, and it brings the forum's own row along.
_HELD = (
    select(
        *_COLUMNS,
        exists().where(Facilitation.member_id == Member.id).label("keeps_theme"),
        exists().where(Mute.muter_id == Member.id).label("mutes"),
        LoginSession.confirmed_at,
        Site.name.label("site_name"),
        Site.pulse,
        Site.safety,
    )
    .join(LoginSession, LoginSession.member_id == Member.id)
    .join(Site, Site.id == 1)
    .where(
        LoginSession.token_hash == bindparam("token_hash"), LoginSession.expires_at > bindparam("now", type_=Moment())
    )
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The member who asks, as a shared page needs them: read without the weight of the ORM."""

    id: int
    name: str
    locale: str
    keeps: bool
    outside: str
    draft_count: int
    notice_count: int
    waiting_count: int
    mutes: bool
    paused: bool
    banned: bool


def reader() -> Reader | None:
    """Return the member whose session this request carries."""
    token = cookie.get("_user_id")
    if not token:
        return None
    asked, row = g.get("held") or ("", None)
    if asked != token:
        row = _held(token)
        g.held = (token, row)  # for `of_session`, should the page ask for the member after all
    if row is None:
        return None
    keeps = row.role in STAFF or row.keeps_theme
    counts = row.draft_count, row.notice_count, row.waiting_count
    paused = row.paused_until is not None and row.paused_until > clock.now()
    return Reader(
        row.id, row.name, row.locale, keeps, row.outside, *counts, row.mutes, paused, row.banned_at is not None
    )


def reader_is_banned() -> bool:
    known = reader()
    return known is not None and known.banned


def of_session(token: str) -> Member | None:
    """Return the member whose browser holds `token`, with the token on them, while the session lasts."""
    asked, row = g.pop("held", ("", None))
    if asked != token:
        with reading():
            row = _held(token)
    if row is None:
        return None
    read = Member(**{column.key: row._mapping[column.key] for column in _COLUMNS})  # noqa: SLF001 (its public name)
    make_transient_to_detached(read)
    member = session().merge(read, load=False)
    member.token, member.keeps_theme, member.mutes = token, row.keeps_theme, row.mutes
    member.confirmed_at = row.confirmed_at or LONG_AGO
    if not row.keeps_theme:
        set_committed_value(member, "facilitations", [])  # so that no rule has to ask for them
    return member


def _held(token: str) -> Row[*tuple[Any, ...]] | None:
    row = read(_HELD, {"token_hash": digest(token), "now": clock.now()}).first()
    if row:
        site.remember(row.site_name, row.pulse, row.safety)
    return row


def named(name: str) -> Member | None:
    return session().scalar(select(Member).where(Member.name_key == skeleton(name)))


def fingerprint(name_key: str) -> str:
    """Return what a freed name is known by: nobody without the forum's key can try names against it."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"freed name {name_key}".encode(), sha256).hexdigest()


def freed(name: str) -> bool:
    """Return whether someone had this name who left lately."""
    return session().get(FreedName, fingerprint(skeleton(name))) is not None


def seen(name: str, who: Any) -> Member | None:
    """Return who is called so, as far as `who` may see them: of those who are not let in, only moderators and themselves."""
    found = named(name)
    return found if found and (not found.outside or who.moderates or who.id == found.id) else None


def called(words: Sequence[str]) -> Mapping[str, Row[int, str, str]]:
    """Return (id, name, name_key) of the members whose names these words are; a word for everybody is nobody's name."""
    keys = {word: skeleton(word) for word in words if not calls_everyone(word)}
    asked = select(Member.id, Member.name, Member.name_key).where(Member.name_key.in_(keys.values()))
    found = session().execute(asked.where(Member.outside == ""))
    by_key = {row.name_key: row for row in found}
    return {word: by_key[key] for word, key in keys.items() if key in by_key}


def muted_by(member_id: int) -> Sequence[Row[int, str]]:
    """Return (id, name) of those whom a member has muted."""
    muted = select(Member.id, Member.name).join(Mute, Mute.muted_id == Member.id)
    return session().execute(muted.where(Mute.muter_id == member_id).order_by(Member.name_key)).all()


def muting(muted_id: int, among: Iterable[int]) -> frozenset[int]:
    """Return which of some members have muted one: of what that one does, they are told nothing."""
    asked = select(Mute.muter_id).where(Mute.muted_id == muted_id, Mute.muter_id.in_(list(among)))
    return frozenset(session().scalars(asked))


def candidates(login: str) -> Sequence[Member]:
    """Return who may be meant by a name or an e-mail address, the eldest accounts first."""
    if "@" in login:
        same = select(Member).where(Member.email_key == login.strip().casefold())
        return session().scalars(same.order_by(Member.id).limit(MOST_OF_ONE_ADDRESS)).all()
    member = named(login)
    return [member] if member else []


def sessions_of(member: Member) -> Sequence[LoginSession]:
    live = select(LoginSession).where(LoginSession.member_id == member.id, LoginSession.expires_at > clock.now())
    return session().scalars(live.order_by(LoginSession.id.desc())).all()


def entrance(token: str) -> Entrance | None:
    """Return the first step that was made in the browser which holds `token`, while a second may follow."""
    live = select(Entrance).where(Entrance.token_hash == digest(token), Entrance.expires_at > clock.now())
    return session().scalar(live)


def factor(member: Member) -> Factor | None:
    return session().get(Factor, member.id)


def recovery_codes_left(member: Member) -> int:
    return session().scalar(select(func.count()).where(RecoveryCode.member_id == member.id)) or 0


def ticket(token: str, *purposes: str) -> Ticket | None:
    """Return an unused, unexpired one-time link of one of `purposes`; the first admin's while there is none."""
    admin = exists().where(Member.role == "admin")
    usable = select(Ticket).where(
        Ticket.token_hash == digest(token),
        Ticket.purpose.in_(purposes),
        Ticket.used_at.is_(None),
        Ticket.expires_at > clock.now(),
        or_(Ticket.purpose != "admin", ~admin),
    )
    return session().scalar(usable)


def admins() -> int:
    return session().scalar(select(func.count()).where(Member.role == "admin")) or 0


def is_last_admin(member: Member) -> bool:
    return member.administers and admins() == 1


def everyone(place: Place) -> Page[Row[int, str, str]]:
    """Return a page of the members, the eldest accounts first: id, name, role."""
    listed = select(Member.id, Member.name, Member.role).where(Member.name != "")
    found = session().execute(window(listed, Member.id, place, SIZE)).all()
    return page(found, SIZE, place, lambda row: row.id)


def facilitators(theme_id: int) -> Sequence[str]:
    held = select(Member.name).join(Facilitation).where(Facilitation.theme_id == theme_id)
    return session().scalars(held.order_by(Member.name)).all()


def admission(member_id: int) -> Admission | None:
    return session().get(Admission, member_id)


def waiting(place: Place) -> Page[Admission]:
    """Return a page of the accounts that wait, the longest first."""
    asked = select(Admission).where(Admission.state == WAITING)
    found = session().scalars(window(asked, Admission.member_id, place, SIZE)).all()
    return page(found, SIZE, place, lambda row: row.member_id)


def at_the_door() -> Row[int, int | None, datetime | None]:
    """Return how many accounts wait; of a burst that is not over, how many came, and until when (`alarm`, `until`)."""
    waits = select(func.count()).where(Admission.state == WAITING).scalar_subquery()
    lasting = (Burst.until > clock.now(),)
    asked = select(
        waits.label("waits"),
        select(func.max(Burst.count)).where(*lasting).scalar_subquery().label("count"),
        select(func.max(Burst.until)).where(*lasting).scalar_subquery().label("until"),
    )
    return session().execute(asked).one()


def usual_wait() -> int | None:
    """Return after how many hours an account is usually decided about, at least 1; None while that is not known."""
    decided = select(Admission.asked_at, Admission.decided_at).where(Admission.decided_at.is_not(None))
    rows = session().execute(decided.order_by(Admission.decided_at.desc()).limit(LATEST)).all()
    if not rows:
        return None
    return max(1, round(median((at - asked).total_seconds() for asked, at in rows if at) / 3600))


def burst() -> Burst | None:
    """Return the burst of registrations that is not over, if there is one."""
    return session().scalar(select(Burst).where(Burst.until > clock.now()).order_by(Burst.id.desc()).limit(1))


def came_lately() -> int:
    """Return how many accounts were made within the last hour."""
    return _made(clock.now() - HOUR, clock.now() + HOUR)


def usually_come() -> float:
    """Return how many accounts are made in an hour, on an average of four weeks."""
    last = clock.now() - HOUR
    return _made(last - USUAL, last) / (USUAL / HOUR)


def _made(since: datetime, before: datetime) -> int:
    counted = select(func.count()).where(Member.created_at > since, Member.created_at <= before)
    return session().scalar(counted) or 0

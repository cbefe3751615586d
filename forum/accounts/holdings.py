from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from forum.accounts.actions import admitting, entering, factors, registering, tickets
from forum.accounts.models import (
    Admission,
    Burst,
    Entrance,
    Factor,
    FreedName,
    LoginSession,
    Member,
    Mute,
    RecoveryCode,
    Ticket,
)
from forum.core import site
from forum.core.db import session
from forum.core.holdings import DAY, EMPTIED, GOES, STAYS, YEAR, Holding, hold, of_nobody, rows


def _profile(member_id: int) -> Iterator[Mapping[str, Any]]:
    member = session().get_one(Member, member_id)
    yield {
        "name": member.name,
        "email": member.email,
        "about": member.about,
        "language": member.locale,
        "follows": member.follows_own,
        "role": member.role,
        "since": member.created_at,
    }


def _sessions(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(LoginSession.device, LoginSession.created_at, LoginSession.expires_at, LoginSession.confirmed_at)
    for row in rows(asked.where(LoginSession.member_id == member_id), LoginSession.id):
        yield {"device": row.device, "since": row.created_at, "until": row.expires_at, "given": row.confirmed_at}


def _factor(member_id: int) -> Iterator[Mapping[str, Any]]:
    own = session().get(Factor, member_id)
    if own:
        left = select(func.count()).where(RecoveryCode.member_id == member_id)
        yield {"begun": own.begun_at, "since": own.since, "left": session().scalar(left)}


def _tickets(member_id: int) -> Iterator[Mapping[str, Any]]:
    theirs = or_(Ticket.member_id == member_id, Ticket.made_by_id == member_id)
    asked = select(Ticket.purpose, Ticket.created_at, Ticket.expires_at, Ticket.used_at)
    for row in rows(asked.where(theirs), Ticket.id):
        yield {"purpose": row.purpose, "since": row.created_at, "until": row.expires_at, "used": row.used_at}


def _admission(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Admission.asked_at, Admission.cause, Admission.state, Admission.reason, Admission.decided_at)
    for row in rows(asked.where(Admission.member_id == member_id), Admission.member_id):
        yield {
            "since": row.asked_at,
            "cause": row.cause,
            "state": row.state,
            "reason": row.reason,
            "decided": row.decided_at,
        }


def _mutes(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Member.name).join(Mute, Mute.muted_id == Member.id).where(Mute.muter_id == member_id)
    for row in rows(asked, Mute.muted_id):
        yield {"member": site.absolute(f"/members/{quote(row.name)}")}


hold(
    Holding(
        key="profile",
        group="account",
        tables=(Member,),
        title=_l("You"),
        what=_l(
            "Your name, which need not be the one on your papers; your e-mail address; your password, only as a fingerprint "
            "(argon2id) out of which it cannot be read again; the line about you, the language of your pages, your role, the "
            "day you registered. Everyone sees the name, the line, the day and the role; no page shows the address to anyone."
        ),
        why=_l("So that you can log in, and others know whom they talk with. The forum sends no mail."),
        until=_l("As long as you have an account."),
        fields={
            "name": _l("Name"),
            "email": _l("E-mail"),
            "about": _l("A line about you"),
            "language": _l("Language of the pages"),
            "follows": _l("Follow each thread that I write in"),
            "role": _l("Role"),
            "since": _l("Since"),
        },
        told=_profile,
        leaving=_l("It goes. An empty row with your number stays, so that the number is never another's."),
    )
)
hold(
    Holding(
        key="freed_names",
        group="account",
        tables=(FreedName,),
        within="profile",
        otherwise=STAYS,
        title=_l("Names of those who left"),
        what=_l("A fingerprint, made with a key that only this forum has. The name cannot be read out of it."),
        why=_l("So that nobody takes the name of someone who left, to be taken for them."),
        until=_l("For %(time)s."),
        leaving=_l(
            "For a year nobody can register by your name, you neither. All that is kept for it is a fingerprint."
        ),
        lasts=YEAR,
        purge=registering.free_names,
    )
)
hold(
    Holding(
        key="sessions",
        group="account",
        tables=(LoginSession, Entrance),
        people={"sessions.member_id": GOES, "entrances.member_id": GOES},
        title=_l("Where you are logged in"),
        what=_l(
            "Browser and system in two words, such as “Firefox, Linux”, since when, until when, and when you last gave your "
            "password there. The cookie that keeps you logged in carries a secret, of which only a fingerprint is stored. With "
            "a second factor also, for five minutes, that your password was right."
        ),
        why=_l("So that you can stay logged in, and end each login from your settings."),
        until=_l("Until you log out, or end it, or it runs out: after 7 days, or after 60 if you asked to stay."),
        fields={
            "device": _l("Browser"),
            "since": _l("Since"),
            "until": _l("Until"),
            "given": _l("Password last given"),
        },
        told=_sessions,
        leaving=_l("It goes at once, everywhere."),
        lasts=DAY,
        purge=lambda _before: entering.expire(),
    )
)
hold(
    Holding(
        key="factor",
        group="account",
        tables=(Factor, RecoveryCode),
        people={"factors.member_id": GOES, "recovery_codes.member_id": GOES},
        title=_l("Your second factor"),
        what=_l(
            "If you set one up: the secret that your app knows too, sealed with a key that is not in the database; since when; "
            "which half minute's code you used last; and fingerprints of the recovery codes that you have not used."
        ),
        why=_l("So that nobody gets in by your password alone."),
        until=_l("Until you turn it off. What you began to set up and did not finish goes after %(time)s."),
        fields={"begun": _l("Begun"), "since": _l("Since"), "left": _l("Recovery codes left")},
        told=_factor,
        leaving=_l("It goes."),
        lasts=DAY,
        purge=factors.expire,
    )
)
hold(
    Holding(
        key="tickets",
        group="account",
        tables=(Ticket,),
        people={"tickets.member_id": GOES, "tickets.made_by_id": EMPTIED},
        title=_l("One-time links"),
        what=_l(
            "For an invitation or a new password: a fingerprint of the link, whom it is for, who made it, and until when."
        ),
        why=_l("So that whoever holds the link gets in by it, once."),
        until=_l("Until it is used or has run out, and at most a day more."),
        fields={"purpose": _l("What for"), "since": _l("Since"), "until": _l("Until"), "used": _l("Used")},
        told=_tickets,
        leaving=_l("Those for you go; invitations that you gave stay good, and nobody knows any more whose they were."),
        lasts=DAY,
        purge=lambda _before: tickets.expire(),
    )
)
hold(
    Holding(
        key="admission",
        group="account",
        tables=(Admission,),
        people={"admissions.member_id": GOES},
        title=_l("Waiting at the door"),
        what=_l(
            "Where a moderator had to let you in: since when you waited, what for (nothing was proven of the browser, an e-mail "
            "address for a few minutes, many accounts at once, or everyone waits here), what was decided, and the reason. The "
            "log says that somebody was let in or not, and not who."
        ),
        why=_l("So that programs cannot make accounts, and people without JavaScript can."),
        until=_l("For %(time)s after it was decided. An account that was not let in goes then, too."),
        fields={
            "since": _l("Since"),
            "cause": _l("What for"),
            "state": _l("State"),
            "reason": _l("Reason"),
            "decided": _l("Decided"),
        },
        told=_admission,
        leaving=_l("It goes."),
        lasts=timedelta(days=30),
        purge=admitting.forget,
    )
)
of_nobody(Burst)  # how many accounts were made in an hour
hold(
    Holding(
        key="mutes",
        group="account",
        tables=(Mute,),
        people={"mutes.muter_id": GOES, "mutes.muted_id": GOES},
        title=_l("Whom you have muted"),
        what=_l("Their names. Only you see the list, and nobody is told."),
        why=_l("So that their words are folded for you."),
        until=_l("Until you end it, in your settings."),
        fields={"member": _l("Address")},
        told=_mutes,
        leaving=_l("It goes, and so does what others had muted of you."),
    )
)

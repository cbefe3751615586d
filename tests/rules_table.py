"""Every act of the forum, and what each role is told of it: collected here, so that no rule goes without.

The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from flask import current_app

from forum.accounts.models import Factor, Member
from forum.core import clock
from forum.notices.models import Notice
from forum.themes.models import Theme
from forum.waiting.models import Waiting
from tests.brake import rules_of_brake
from tests.commitments import rules_of_commitments
from tests.drafts import rules_of_drafts
from tests.listening import rules_of_listening
from tests.moderation import rules_of_cases, rules_of_mends
from tests.roles import ANY, AUTHOR, MISTRUST, Table, who
from tests.threads import rules_of_replies, rules_of_threads

DOORS = tuple(
    f"{door}{link}"
    for door in ("open", "approve", "invite", "closed")
    for link in ("", " with invite", " with admin", " with reset")
)


def ticket(state: str) -> SimpleNamespace | None:
    """Return the one-time link that someone comes with ("closed with invite"), after setting who may register."""
    current_app.config["REGISTRATION"], _, purpose = state.partition(" with ")
    return SimpleNamespace(purpose=purpose) if purpose else None


def member(state: str) -> Member:
    return Member(id=0, name="") if state == "left" else who("member")


def another(state: str) -> Member:
    """Return someone who is a plain member or keeps the place, and perhaps is paused or banned."""
    at = clock.now()
    return Member(
        id=99,
        role="moderator" if state == "staff" else "member",
        paused_until=at + timedelta(days=1) if state == "paused" else None,
        banned_at=at if state == "banned" else None,
    )


def theme(_state: str) -> Theme:
    return Theme(id=MISTRUST, key="mistrust", name="Mistrust")


def crowd(state: str) -> frozenset[int]:
    return frozenset(range(int(state)))


def waiting(state: str) -> Waiting:
    cause = "inflow" if state == "for its day" else "first"
    now = "approved" if state == "approved" else "waiting"
    return Waiting(author_id=AUTHOR, cause=cause, state=now, reply_id=1 if state == "approved" else None)


def factor(state: str) -> Factor | None:
    since = datetime(2026, 1, 1, tzinfo=UTC) if state == "on" else None
    return None if state == "none" else Factor(since=since)


def nothing(_state: str) -> None:
    return None


def admins_only(sentence: str, subject=nothing) -> Table:
    return Table(subject, (ANY,), {"no": sentence}, {ANY: "no  no  no  no  no  no  yes"})


TABLES: dict[str, Table] = {
    **rules_of_threads.TABLES,
    **rules_of_replies.TABLES,
    **rules_of_drafts.TABLES,
    **rules_of_cases.TABLES,
    **rules_of_mends.TABLES,
    **rules_of_brake.TABLES,
    **rules_of_commitments.TABLES,
    **rules_of_listening.TABLES,
    "open_thread": Table(
        theme,
        (ANY,),
        {"login": "Log in to open a thread."},
        {ANY: "login  yes  yes  yes  yes  yes  yes"},
    ),
    "register": Table(
        ticket,
        DOORS,
        {
            "here": "You are logged in already.",
            "closed": "Nobody can register here at present.",
            "invited": "Registration is by invitation: please open the link that you were given.",
        },
        {
            "closed / closed with reset": "closed   here  here  here  here  here  here",
            "invite / invite with reset": "invited  here  here  here  here  here  here",
            ANY: "                         yes      here  here  here  here  here  here",
        },
    ),
    "set_up_factor": Table(
        factor,
        ("none", "begun", "on"),
        {"login": "Log in to set up a second factor.", "on": "You have a second factor already."},
        {"on": "login  on  on  on  on  on  on", ANY: "login  yes  yes  yes  yes  yes  yes"},
    ),
    "change_factor": Table(
        factor,
        ("none", "begun", "on"),
        {"no": "You have no second factor."},
        {"on": "no  yes  yes  yes  yes  yes  yes", ANY: "no  no  no  no  no  no  no"},
    ),
    "mention": Table(
        crowd,
        ("5", "6"),
        {"many": "A text mentions at most 5 people. Take the @ from some of the names."},
        {"6": "many  many  many  many  many  many  many", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "follow": Table(
        nothing,
        (ANY,),
        {"login": "Log in to follow or mute what is written here."},
        {ANY: "login  yes  yes  yes  yes  yes  yes"},
    ),
    "read_notice": Table(
        lambda _state: Notice(member_id=AUTHOR),
        (ANY,),
        {"no": "This notice is not for you."},
        {ANY: "no  no  yes  no  no  no  no"},
    ),
    "pause_member": Table(
        another,
        ("member", "staff", "paused", "banned"),
        {
            "no": "Only moderators pause a member.",
            "staff": "Whoever keeps this place cannot be paused; an admin takes their role first.",
            "banned": "This member is banned.",
            "paused": "This member is paused already. Take that back first.",
        },
        {
            "member": "no  no  no  no  no  yes     yes",
            "staff": " no  no  no  no  no  staff   staff",
            "paused": "no  no  no  no  no  paused  paused",
            "banned": "no  no  no  no  no  banned  banned",
        },
    ),
    "ban_member": Table(
        another,
        ("member", "staff", "paused", "banned"),
        {
            "no": "Only moderators ban a member.",
            "staff": "Whoever keeps this place cannot be banned; an admin takes their role first.",
            "banned": "This member is banned already.",
        },
        {
            "member / paused": "no  no  no  no  no  yes     yes",
            "staff": "          no  no  no  no  no  staff   staff",
            "banned": "         no  no  no  no  no  banned  banned",
        },
    ),
    "download": Table(
        nothing,
        (ANY,),
        {"login": "Log in to download what is kept of you."},
        {ANY: "login  yes  yes  yes  yes  yes  yes"},
    ),
    "see_waiting_accounts": Table(
        nothing,
        (ANY,),
        {"no": "Only moderators see the accounts that wait."},
        {ANY: "no  no  no  no  no  yes  yes"},
    ),
    "decide_about_account": Table(
        lambda state: Member(outside=state),
        ("waiting", "refused"),
        {
            "no": "Only moderators let people in.",
            "done": "Somebody has decided about this account already.",
        },
        {"waiting": "no  no  no  no  no  yes  yes", ANY: "no  no  no  no  no  done  done"},
    ),
    "see_members": admins_only("Only admins see the list of members."),
    "read_full_log": Table(
        nothing,
        (ANY,),
        {"no": "Only moderators read the log with the names of members."},
        {ANY: "no  no  no  no  no  yes  yes"},
    ),
    "invite": admins_only("Only admins invite."),
    "give_role": admins_only("Only admins give and take roles.", member),
    "leave": Table(
        bool,
        ("", "as the last admin"),
        {
            "login": "Log in to delete your account.",
            "last": "You are the last admin. Make someone else an admin first; then you can leave.",
        },
        {
            "": "login  yes  yes  yes  yes  yes  yes",
            "as the last admin": "login  last  last  last  last  last  last",
        },
    ),
    "mute": Table(
        member,
        (ANY, "left"),
        {"login": "Log in to mute someone.", "self": "You cannot mute yourself.", "left": "Its author has left."},
        {"left": "login  left  left  left  left  left  left", ANY: "login  self  yes  yes  yes  yes  yes"},
    ),
    "appoint": admins_only("Only admins appoint facilitators.", member),
    "import_essay": admins_only("Only admins import essays."),
    "decide_waiting": Table(
        waiting,
        ("waiting", "approved", "for its day"),
        {
            "no": "Only moderators decide about a reply that waits.",
            "day": "This reply waits for its day. Nobody decides about it.",
            "done": "Somebody has decided about this reply already.",
        },
        {
            "waiting": "no  no  no  no  no  yes  yes",
            "for its day": "day  day  day  day  day  day  day",
            ANY: "no  no  no  no  no  done  done",
        },
    ),
    "take_back_waiting": Table(
        waiting,
        ("waiting", "approved"),
        {
            "no": "Only its author can take a reply back.",
            "stands": "This reply stands in its thread now. There you can withdraw it.",
        },
        {"waiting": "no  no  yes  no  no  no  no", ANY: "no  no  stands  no  no  no  no"},
    ),
    "wait_once_more": Table(
        int,
        ("2", "3"),
        {
            "many": "Three replies of yours are waiting already. You can go on once one of them stands, or you take one back."
        },
        {"3": "many  many  many  many  many  many  many", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "switch_practice": admins_only("Only admins switch practices on and off."),
    "change_rules": admins_only("Only admins change the rules of the house."),
    "edit_house_text": admins_only("Only admins change the pages of the house."),
}

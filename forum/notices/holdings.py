from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core import site
from forum.core.db import session
from forum.core.holdings import GOES, YEAR, Holding, hold, of_nobody, rows
from forum.notices import seen
from forum.notices.actions import reading, seeing
from forum.notices.models import Notice, Seen, Telling, Tiding, Tie


def _seen(member_id: int) -> Iterator[Mapping[str, Any]]:
    for row in rows(select(Seen.block, Seen.bits, Seen.at).where(Seen.member_id == member_id), Seen.block):
        first = row.block * seen.SIZE
        yield {"replies": [first + bit for bit in range(seen.SIZE) if row.bits >> bit & 1], "at": row.at}


def _levels(member_id: int) -> Iterator[Mapping[str, Any]]:
    for tie in session().scalars(select(Tie).where(Tie.member_id == member_id).order_by(Tie.scope, Tie.scope_id)):
        yield {"place": f"{tie.scope} {tie.scope_id}", "level": tie.level, "at": tie.seen_at, "upto": tie.upto}


def _notices(member_id: int) -> Iterator[Mapping[str, Any]]:
    """Of which replies, by their addresses: of their words nothing."""
    asked = select(Notice).where(Notice.member_id == member_id)
    for row in rows(asked, Notice.id):
        notice = row[0]
        told = session().scalars(select(Tiding.reply_id).where(Tiding.notice_id == notice.id).order_by(Tiding.reply_id))
        yield {
            "kind": notice.kind,
            "thread": site.absolute(f"/threads/{notice.thread_id}") if notice.thread_id else "",
            "replies": [site.absolute(f"/replies/{reply_id}") for reply_id in told],
            "at": notice.at,
            "read": notice.read_at,
        }


hold(
    Holding(
        key="seen",
        group="reading",
        tables=(Seen, Tie),
        people={"seen.member_id": GOES, "ties.member_id": GOES},
        title=_l("What you were shown"),
        what=_l(
            "Which replies were on your screen, and on which day and hour your latest visit to a thread or a theme began. Not "
            "how long you stayed or how often you came. No page tells anyone else, not even those who keep this place."
        ),
        why=_l("So that pages can tell you what is new."),
        until=_l("For %(time)s after it was last noted."),
        fields={"replies": _l("Replies"), "at": _l("When")},
        told=_seen,
        leaving=_l("It goes."),
        lasts=timedelta(days=400),
        purge=seeing.forget,
    )
)
hold(
    Holding(
        key="levels",
        group="reading",
        tables=(Tie,),
        title=_l("What you follow or muted"),
        what=_l("Which threads and themes. Only you see it."),
        why=_l("So that you are told as much as you want to hear."),
        until=_l("Until you choose otherwise."),
        fields={
            "place": _l("Where"),
            "level": _l("Chosen"),
            "at": _l("Latest visit"),
            "upto": _l("Read up to the reply"),
        },
        told=_levels,
        leaving=_l("It goes."),
    )
)
hold(
    Holding(
        key="notices",
        group="reading",
        tables=(Notice, Tiding),
        people={"notices.member_id": GOES},
        title=_l("Your notices"),
        what=_l(
            "Of which replies, threads or decisions they tell you, when, and when you read them. They hold no words of anyone. "
            "Only you see them."
        ),
        why=_l("So that you learn what concerns you."),
        until=_l("For %(time)s after they last told you something."),
        fields={
            "kind": _l("What it tells"),
            "thread": _l("Thread"),
            "replies": _l("Replies"),
            "at": _l("When"),
            "read": _l("Read"),
        },
        told=_notices,
        leaving=_l("It goes."),
        lasts=YEAR,
        purge=reading.forget,
    )
)
of_nobody(Telling)

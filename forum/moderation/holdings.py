from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from forum.core import site
from forum.core.holdings import STAYS, Holding, hold, rows
from forum.core.log import LogEntry
from forum.threads.models import Reply, Thread


def _told(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What a member did, and what was done to them, to their replies and to threads that they opened."""
    theirs = or_(
        LogEntry.actor_id == member_id,
        LogEntry.member_id == member_id,
        LogEntry.reply_id.in_(select(Reply.id).where(Reply.author_id == member_id)),
        LogEntry.thread_id.in_(select(Thread.id).where(Thread.author_id == member_id)),
    )
    for row in rows(select(LogEntry).where(theirs), LogEntry.id):
        entry = row[0]
        place = (
            f"/replies/{entry.reply_id}" if entry.reply_id else f"/threads/{entry.thread_id}" if entry.thread_id else ""
        )
        yield {
            "number": entry.id,
            "at": entry.at,
            "act": entry.act,
            "role": entry.actor_role,
            "reason": entry.reason,
            "detail": entry.detail,
            "until": entry.until,
            "place": site.absolute(place) if place else "",
        }


hold(
    Holding(
        key="log",
        group="house",
        tables=(LogEntry,),
        people={"log_entries.actor_id": STAYS, "log_entries.member_id": STAYS},
        title=_l("The log"),
        what=_l(
            "What moderators, facilitators and admins do: the act, the reply, thread or member that it was done to, the reason, "
            "and who did it. The public log shows their role and a mark, and names no member."
        ),
        why=_l("So that those who keep this place answer for it: no entry can be changed or deleted unnoticed."),
        until=_l(
            "For good. Words that name someone who should not be named can be taken out: write to those who keep this place."
        ),
        fields={
            "number": _l("Number"),
            "at": _l("When"),
            "act": _l("What was done"),
            "role": _l("By whom"),
            "reason": _l("Reason"),
            "detail": _l("More"),
            "until": _l("Until"),
            "place": _l("Where"),
        },
        told=_told,
        leaving=_l("Entries stay, with the number of an account that is empty then."),
    )
)

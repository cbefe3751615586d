from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core import site
from forum.core.holdings import GOES, Holding, hold, rows
from forum.waiting import actions
from forum.waiting.models import Waiting


def _waiting(member_id: int) -> Iterator[Mapping[str, Any]]:
    for row in rows(select(Waiting).where(Waiting.author_id == member_id), Waiting.id):
        one = row[0]
        yield {
            "thread": site.absolute(f"/threads/{one.thread_id}"),
            "answers": site.absolute(f"/replies/{one.answers_id}") if one.answers_id else "",
            "text": one.source,
            "words": one.exact,
            "written": one.written_at,
            "state": one.state,
            "reason": one.reason,
            "release": one.release_at,
            "decided": one.decided_at,
        }


hold(
    Holding(
        key="waiting",
        group="writing",
        tables=(Waiting,),
        people={"waiting.author_id": GOES},
        title=_l("What waits for a moderator, or for its day"),
        what=_l(
            "A reply that you wrote while you were new, or where a thread reads first replies before they stand, apart from all "
            "others; only you and those who keep the place see it. Or an answer that waits for its day, since others have told the "
            "same person already that they see it differently; only you see that one. When it "
            "stands, its words are in the thread and nowhere else; when it is given back, the reason is stored with it. The log "
            "says that a reply was read, and not whose."
        ),
        why=_l("So that a moderator can read it before anyone else does."),
        until=_l("Until you take it back, or for %(time)s after it was decided."),
        fields={
            "thread": _l("Thread"),
            "answers": _l("Answer to"),
            "text": _l("Text"),
            "words": _l("Words that you selected"),
            "written": _l("Written"),
            "state": _l("State"),
            "reason": _l("Reason"),
            "release": _l("Its day"),
            "decided": _l("Decided"),
        },
        told=_waiting,
        steps=(actions.unname,),
        leaving=_l("It goes."),
        lasts=timedelta(days=30),
        purge=actions.forget,
    )
)

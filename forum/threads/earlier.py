"""What replies said before, and what they cite that can no longer be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.threads import visibility
from forum.threads.citations import cited_in, without
from forum.threads.models import STANDING, Reply, Revision, Thread

WORDINGS = 10  # compared on a page


@dataclass(frozen=True, slots=True)
class Wording:
    """What a reply says or said, and what it said before; `before` is None for how it was first written."""

    number: int
    kind: str
    source: str
    written_at: datetime
    reason: str
    hidden_reason: str
    before: str | None
    before_hidden: str | None


def wordings(of: Reply, place: Place) -> Page[Wording]:
    """Return a page of all wordings of a reply, newest first, the present one too. Ask visibility.earlier_words before."""
    earlier = select(
        Revision.number,
        Revision.kind,
        Revision.source,
        Revision.written_at,
        Revision.reason,
        Revision.hidden_reason,
    ).where(Revision.reply_id == of.id)
    since = func.coalesce(Reply.edited_at, Reply.created_at)
    present = select(Reply.revision, Reply.kind, Reply.source, since, Reply.edit_reason, literal(""))
    each = union_all(earlier, present.where(Reply.id == of.id)).subquery()
    lag = {name: func.lag(each.c[name]).over(order_by=each.c.number) for name in ("source", "hidden_reason")}
    told = select(each, lag["source"].label("before"), lag["hidden_reason"].label("before_hidden")).subquery()
    found = session().execute(window(select(told), told.c.number, place, WORDINGS, newest_first=True)).all()
    return page([Wording(**row._asdict()) for row in found], WORDINGS, place, lambda row: row.number)


def without_gone(told: Sequence[Wording], who: Any) -> list[Wording]:
    """Return wordings without the words that they cite of replies which this reader cannot read, or nobody any more."""
    gone = _gone((text for one in told for text in (one.source, one.before) if text), who)
    return [
        replace(one, source=without(one.source, gone), before=one.before and without(one.before, gone)) for one in told
    ]


def readable(source: str, who: Any) -> str:
    """Return a text in Markdown without the words that it cites of replies which this reader cannot read, or nobody any more."""
    return without(source, _gone([source], who))


def _gone(texts: Iterable[str], who: Any) -> set[int]:
    ids = {reply_id for text in texts for reply_id in cited_in(text)}
    standing = select(Reply.id).join(Reply.thread).where(Reply.id.in_(ids), Reply.state == STANDING)
    return (
        ids.difference(session().scalars(standing.where(Thread.state == STANDING, visibility.threads(who))))
        if ids
        else set()
    )

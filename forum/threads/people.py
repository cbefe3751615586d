"""Who may be meant by the first letters of a name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, or_, select

from forum.accounts.models import NOBODY, Member
from forum.core.db import session
from forum.core.text import skeleton
from forum.threads import visibility
from forum.threads.models import Reply, Thread

LATELY = 200  # replies of a thread whose authors are offered first
MOST = 8


def to_mention(start: str, thread_id: int, who: Any) -> Sequence[str]:
    """Return the names of a few who may be meant by the first letters of one: first those who wrote lately in a thread.

    Whoever only reads is offered to nobody; their name, written in full, still mentions them.
    """
    key = skeleton(start)
    # Of a name that goes on with n, "r" is drawn together with it as "m"; of one that goes on with v, "v" as "w".
    drawn = {"r": "m", "v": "w"}.get(key[-1:])
    begins = [Member.name_key.startswith(part, autoescape=True) for part in (key, drawn and key[:-1] + drawn) if part]
    here = select(Reply.author_id).join(Thread, Thread.id == Reply.thread_id).where(visibility.threads(who))
    lately = here.where(Reply.thread_id == thread_id).order_by(Reply.id.desc()).limit(LATELY).subquery()
    speaks = Member.id.in_(select(lately.c.author_id))
    wrote = exists().where(Reply.author_id == Member.id)
    asked = and_(or_(*begins), wrote) if begins else speaks
    found = (
        select(Member.name).where(asked, Member.id.not_in([who.id, NOBODY])).order_by(speaks.desc(), Member.name_key)
    )
    return session().scalars(found.limit(MOST)).all()

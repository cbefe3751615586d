"""Who is mentioned, by an @ before their name, in a reply or in the opening text of a thread.

A name stays with its member for good (see accounts), so a link to one is good for as long as the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import delete, select, update

from forum.accounts import queries as accounts
from forum.accounts.models import Member
from forum.core import markdown
from forum.core.db import session
from forum.core.rules import require
from forum.threads.models import Mention, Reply, Thread
from forum.threads.signals import mentioned as told


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it will stand, and the ids of those whom it mentions."""

    html: str
    mentioned: frozenset[int]


def written(source: str) -> Written:
    """Render a text with a link to each member whom it mentions; one statement finds them all."""
    ids: set[int] = set()

    def where(words: Sequence[str]) -> Mapping[str, str]:
        members = accounts.called(words)
        ids.update(row.id for row in members.values())
        return {word: f"/members/{quote(row.name)}" for word, row in members.items()}

    html = markdown.render(source, where)
    return Written(html, frozenset(ids))


def mention(text: Reply | Thread, members: frozenset[int], by: Member) -> None:
    """Note whom a text mentions, and tell who was not mentioned in it before; inside a transaction. Raises Refused.

    Whoever has muted its author is told nothing, now or later.
    """
    require("mention", by, members)
    if not members:
        return
    its = _its(text)
    known = session().scalars(select(Mention.member_id).filter_by(**its))
    if new := members.difference(known, {by.id}):
        session().add_all(Mention(member_id=member_id, **its) for member_id in sorted(new))
        session().flush()
        if heard := sorted(new - accounts.muting(by.id, new)):
            told.send(text, members=heard)


def _its(text: Reply | Thread) -> dict[str, int]:
    return {"reply_id": text.id} if isinstance(text, Reply) else {"thread_id": text.id}


def forget(reply_ids: Sequence[int]) -> None:
    """Forget whom replies mentioned, now that their words are gone; inside a transaction."""
    session().execute(delete(Mention).where(Mention.reply_id.in_(reply_ids)))


def hand_over(thread: Thread, reply: Reply) -> None:
    """Let a reply have the mentions of the opening text that it has become; inside a transaction."""
    its = update(Mention).where(Mention.thread_id == thread.id)
    session().execute(its.values(thread_id=None, reply_id=reply.id))

"""Words of replies that others cite in the demo: as they stand, changed since, withdrawn since, and never said."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.threads.actions import changing, replying
from forum.threads.citations import cited, quotation
from forum.threads.models import STANDING, Reply

CITED = 4


def citings(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own; CITED of them write a reply."""
    of: list[int] = []

    def choose() -> None:
        elsewhere = Reply.passage_id.is_distinct_from(story.quiet[0]["id"])
        spoken = select(Reply.id).where(Reply.thread_id == story.talk.id, Reply.root_id.is_(None), elsewhere)
        # Unanswered, and quoting nobody: what one sees there is of this alone.
        alone = spoken.where(Reply.state == STANDING, Reply.answer_count == 0, ~Reply.source.startswith(">"))
        of.extend(session().scalars(alone.order_by(Reply.id.desc()).limit(CITED)))

    def cite(number: int, never: str = "") -> None:
        reply = session().get_one(Reply, of[number])
        words = never or cited(reply.source, reply.html, "")
        source = quotation(reply.author.name, reply.id, words) + story.words.draw("answers")
        said = replying.Words(reply.theme_id, "thinking", source, reply.passage_id, reply.edition)
        by = story.someone(besides=reply.author_id)
        replying.answer(reply, said, by=by, form_key=next(story.keys))

    def change() -> None:
        reply = session().get_one(Reply, of[1])
        source = f"{reply.source}\n\n{story.words.draw('afterthoughts')}"
        changing.edit(reply, kind=reply.kind, source=source, by=reply.author, reason=story.words.draw("edits"))

    def withdraw() -> None:
        reply = session().get_one(Reply, of[2])
        changing.withdraw(reply, by=reply.author)

    never = story.words.sections["never"][0]
    told = [lambda: cite(0), lambda: cite(1), lambda: cite(2), lambda: cite(3, never)]
    return [choose, *told, change, withdraw]

"""What ada has begun to write in the demo: a draft of each kind, before some of their threads are locked, merged or hidden."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.drafts import actions
from forum.drafts.targets import ANSWER, EDIT, NEW, Target, in_thread
from forum.threads.models import STANDING, Reply


def beginnings(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    bodies = story.words.sections["drafts"]

    def begin(target: Target, **fields: str) -> None:
        actions.keep(target, fields, known=0, by=story.named("ada"))

    def to_passage() -> None:
        key = story.quiet[0]["key"]
        begin(in_thread(story.talk.id, key), body=bodies[0], kind="lived", passage=key)

    def to_reply() -> None:
        begin(Target(ANSWER, story.asked.id), body=bodies[1], kind="asking")

    def of_own() -> None:
        own = select(Reply).where(Reply.author_id == story.members["ada"], Reply.state == STANDING)
        reply = session().scalars(own.order_by(Reply.id).limit(1)).one()
        begin(Target(EDIT, reply.id), body=f"{reply.source}\n\n{bodies[2]}", kind=reply.kind)

    def new_thread() -> None:
        begin(Target(NEW, story.third), title=story.words.sections["titles"][2], body=bodies[3])

    def to_thread(number: int, body: str) -> Callable[[], None]:
        return lambda: begin(in_thread(story.others[number].id), body=body, kind="thinking")

    gone = [to_thread(number, body) for number, body in zip((6, 7, 8), bodies[4:], strict=True)]
    return [to_passage, to_reply, of_own, new_thread, *gone]

"""An exchange between two people in the demo that has just gone fast, and that a moderator has slowed down."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from forum.brake.actions import set_pace
from forum.core import clock
from forum.core.db import session
from forum.demo import hearing
from forum.threads.actions.replying import Words, answer
from forum.threads.models import STANDING, Reply

ANSWERS = 8
APART = timedelta(minutes=3)
PAUSE = 60


def _at(moment: datetime) -> datetime:
    return moment


def quarrel(story: Any) -> None:
    """Let ada and farid answer each other, some minutes apart and up to now."""
    first = select(Reply).where(Reply.thread_id == story.talk.id, Reply.root_id.is_(None), Reply.state == STANDING)
    alone = first.where(
        Reply.passage_id.is_(None),
        Reply.answer_count == 0,
        Reply.author_id.not_in((story.members["ada"], story.members["farid"])),
    )
    root = session().scalars(alone.order_by(Reply.id.desc()).limit(1)).one()
    machine, began = clock.now, clock.now() - ANSWERS * APART
    to = root
    try:
        for number, text in enumerate(story.words.sections["heated"][:ANSWERS]):
            clock.now = partial(_at, began + number * APART)
            said = Words(root.theme_id, "differing" if number else "asking", text, root.passage_id, root.edition)
            to = answer(to, said, by=story.named(("farid", "ada")[number % 2]), form_key=next(story.keys))
    finally:
        clock.now = machine
    set_pace(root, PAUSE, reason=story.words.sections["pace"][0], by=story.named("carla"))
    hearing.tell()

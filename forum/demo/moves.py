"""What those who keep threads move in the demo: one of each kind."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.themes.models import Theme
from forum.threads.actions import moving
from forum.threads.models import STANDING, Reply, Thread


def moves(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    reasons = story.words.sections["move"]

    def roots(thread: Thread) -> list[Reply]:
        first = select(Reply).where(Reply.thread_id == thread.id, Reply.root_id.is_(None), Reply.state == STANDING)
        return list(session().scalars(first.order_by(Reply.id)))

    def to_another_thread() -> None:
        into = story.others[3]
        theme = session().get_one(Theme, into.theme_id)
        moving.move_reply(roots(story.talk)[5], into=into, theme=theme, reason=reasons[0], by=story.named("carla"))

    def to_another_theme() -> None:
        reply = roots(story.talk)[0]
        theme = session().get_one(Theme, next(id_ for id_ in story.themes.values() if id_ != reply.theme_id))
        moving.move_reply(reply, into=story.talk, theme=theme, reason=reasons[1], by=story.named("carla"))

    def split() -> None:
        source = story.threads[0]
        ids = [reply.id for reply in roots(source)[:2]]
        theme, title = session().get_one(Theme, source.theme_id), story.words.sections["titles"][0]
        moving.split_thread(source, ids, title=title, theme=theme, reason=reasons[2], by=story.named("dario"))

    def merge() -> None:
        moving.merge_thread(story.others[8], into=story.others[1], reason=reasons[3], by=story.named("carla"))

    def retitle() -> None:
        title = story.words.sections["titles"][1]
        moving.retitle_thread(story.others[2], title=title, reason=reasons[4], by=story.named("dario"))

    return [to_another_thread, to_another_theme, split, merge, retitle]

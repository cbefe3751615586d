"""What ada is told of in the demo: some of it she has read, some waits for her."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.notices.actions import levels, reading, telling
from forum.notices.models import FOLLOW, THEME
from forum.threads.actions import keeping, replying
from forum.threads.models import STANDING, Reply

MADE = 3  # replies


def tell() -> None:
    """Tell all followers who wait for it, as a server does in the background."""
    for _told in telling.go_on():
        pass


def follow(story: Any) -> None:
    levels.choose(THEME, story.third, FOLLOW, by=story.named("ada"))


def tidings(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""

    def own() -> list[Reply]:
        mine = select(Reply).where(Reply.author_id == story.members["ada"], Reply.state == STANDING)
        return list(session().scalars(mine.order_by(Reply.id)))

    def catch_up() -> None:
        reading.read_all(story.named("ada").notice_sequence, by=story.named("ada"))

    def answer(name: str) -> Callable[[], None]:
        def act() -> None:
            to = own()[1]
            said = replying.Words(to.theme_id, "thinking", story.words.draw("answers"), to.passage_id, to.edition)
            replying.answer(to, said, by=story.named(name), form_key=next(story.keys))

        return act

    def mention() -> None:
        said = replying.Words(story.third, "asking", f"@ada {story.words.draw('asking')}")
        replying.reply(story.in_third, said, by=story.named("greta"), form_key=next(story.keys))

    def hide() -> None:
        keeping.hide_reply(own()[2], reason=story.words.draw("hide"), by=story.named("carla"))

    return [catch_up, answer("elena"), answer("farid"), mention, hide]

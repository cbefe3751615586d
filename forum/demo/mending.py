"""What in the demo was folded."""

from collections.abc import Callable
from typing import Any

from forum.demo.flagging import unflagged
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.names import CARICATURE, WOUNDS
from forum.threads.actions import keeping


def mends(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    lines = story.words.sections["mends"]

    def fold() -> None:
        keeping.fold_reply(unflagged(15), reason=lines[0], by=story.named("dario"))

    def wound() -> None:
        """Let three who have long been here flag one reply, which is folded by it."""
        of = unflagged(10)
        for name, reason in (("bruno", WOUNDS), ("elena", CARICATURE), ("farid", WOUNDS)):
            flagging.flag(of, Complaint(reason), by=story.named(name))

    return [fold, wound]

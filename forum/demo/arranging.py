"""What those who keep threads in the demo have arranged for two of them."""

from collections.abc import Callable
from typing import Any

from forum.threads.actions import arranging
from forum.threads.arrangement import NONE


def settings(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    reasons = story.words.sections["settings"]

    def slow_down() -> None:
        wanted = {**NONE, "slow_minutes": 15, "first_waits": True}
        arranging.arrange(story.in_third, wanted, reason=reasons[0], by=story.named("elena"))

    def keep_among_members() -> None:
        wanted = {**NONE, "members_only": True, "asking_only": True}
        arranging.arrange(story.others[5], wanted, reason=reasons[1], by=story.named("carla"))

    return [slow_down, keep_among_members]

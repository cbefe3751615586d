"""Who has left the demo: their texts stayed, without the name."""

from typing import Any

from forum.rights.actions import leaving

LEFT = "samir"


def depart(story: Any) -> None:
    leaving.leave(story.named(LEFT), takes=False)

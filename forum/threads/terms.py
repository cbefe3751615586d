"""May I, by what is arranged for a thread."""

from typing import Any, NamedTuple

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.threads.models import Thread
from forum.threads.rules import keeps


class Saying(NamedTuple):
    """A reply of the first level that is to be written, as its kind has it."""

    thread: Thread
    kind: str


class Passing(NamedTuple):
    """Replies of a thread that are to stand in another."""

    source: Thread
    into: Thread


@rule(Saying)
def speak(_who: Any, said: Saying) -> str | None:
    if said.thread.asking_only and said.kind != "asking":
        return _("This thread gathers questions. Please ask one, or answer one that stands here.")
    return None


@rule(Passing)
def pass_on(_who: Any, passing: Passing) -> str | None:
    """Whoever wrote for members only did not write for everyone."""
    if passing.source.members_only and not passing.into.members_only:
        return _("What was written for members only cannot go to a thread that everyone reads.")
    return None


@rule(Thread, staff=True)
def arrange_thread(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, change the settings of a thread.")
    return None


@rule(Thread, staff=True)
def close_to_visitors(who: Any, thread: Thread) -> str | None:
    if thread.essay_id:
        return _("An essay's own thread stays open to everyone: it is the door of this place.")
    return arrange_thread(who, thread)

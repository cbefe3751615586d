"""What can be flagged: a reply, a thread (its title and opening text), what someone says of themselves."""

from dataclasses import dataclass

REPLY, THREAD, PROFILE = "reply", "thread", "profile"


@dataclass(frozen=True, slots=True)
class Target:
    """One of these, as the one who asks stands to it: whether they can read it, and have flagged it in a case that is open."""

    kind: str
    id: int
    author_id: int | None
    readable: bool = True
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """How a moderator stands to a case: whether it is about them, they flagged it or answered in it, and moderate alone.

    `taken_by` is the name of another who looks after it at present, `mine` whether they do so themselves.
    """

    closed: bool = False
    own: bool = False
    flagged: bool = False
    answered: bool = False
    alone: bool = False
    taken_by: str = ""
    mine: bool = False

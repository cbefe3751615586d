"""What can be flagged: a reply, a thread (its title and opening text), a field note, what someone says of themselves."""

from dataclasses import dataclass

REPLY, THREAD, PROFILE, FIELD_NOTE = "reply", "thread", "profile", "field_note"


@dataclass(frozen=True, slots=True)
class Target:
    """One of these, as the one who asks stands to it: whether they can read it, and have flagged it in a case that is open.

    `own`: it is theirs though no `author_id` says so, as of an unsigned field note.
    """

    kind: str
    id: int
    author_id: int | None
    readable: bool = True
    flagged: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """How a moderator stands to a case: whether it is about them, they flagged it or answered in it, and moderate alone.

    `taken_by` is the name of another who looks after it at present, `mine` whether they do so themselves. `stood_by`: its author
    was asked to mend it, and stands by it; `against` is the name of another moderator who says that it cannot stay, `spoke`
    whether they said so themselves. `decided_by` is the name of who decided about it last, where it is closed.
    """

    closed: bool = False
    own: bool = False
    flagged: bool = False
    answered: bool = False
    alone: bool = False
    taken_by: str = ""
    mine: bool = False
    stood_by: bool = False
    against: str = ""
    spoke: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """A mend as someone stands to it who may be the author (`own`); `state` is that of the reply."""

    own: bool
    state: str
    closed: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Appealing:
    """How someone stands to a decision that they may want to appeal against: whether they can at all, and what speaks against it."""

    own: bool = False
    undone: bool = False
    made: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Judging:
    """How a moderator stands to an appeal: whether it is about them (or theirs), they had a part in it, or decided first.

    `alone` says that nobody else could look; `decided_by` is the name of who has decided about it.
    """

    own: bool = False
    part: bool = False
    first: bool = False
    alone: bool = False
    decided: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Undoing:
    """How a moderator stands to a decision that is to be taken back: whether it binds them, was taken back, or another came later."""

    own: bool = False
    undone: bool = False
    later: bool = False

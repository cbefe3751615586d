"""What a draft is for, in one short line that a form can carry: `thread-7`, `thread-7-p3-1f0c9a2b77`, `answer-12`, `new-2`."""

import re
from dataclasses import dataclass
from hashlib import sha256

THREAD, ANSWER, EDIT, OPENING, NEW = "thread", "answer", "edit", "opening", "new"
WRITTEN = re.compile(r"(thread|answer|edit|opening|new)-(0|[1-9][0-9]{0,8})(?:-([a-z0-9-]{1,60}))?")


@dataclass(frozen=True, slots=True)
class Target:
    """What one form is for, so that each finds its own draft.

    `id` is that of a thread (to reply to it, or to change its opening text), of a reply (to answer or to edit it), or of the
    theme of a new thread, 0 for any. `detail` tells the forms of one thread apart: which passage, which words of it.
    """

    kind: str
    id: int
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}" + (f"-{self.detail}" if self.detail else "")


def in_thread(thread_id: int, passage: str = "", exact: str = "") -> Target:
    """Return the target of a reply to a thread, perhaps to a passage of it, perhaps to some words of that."""
    words = f"-{sha256(exact.encode()).hexdigest()[:10]}" if passage and exact else ""
    return Target(THREAD, thread_id, passage + words)


def parse(text: str) -> Target | None:
    """Return the target that is written like this, None for anything else."""
    found = WRITTEN.fullmatch(text)
    return Target(found[1], int(found[2]), found[3] or "") if found else None

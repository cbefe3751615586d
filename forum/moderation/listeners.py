from collections.abc import Sequence

from forum.accounts.models import Member
from forum.commitments.models import FieldNote
from forum.commitments.signals import note_withdrawn
from forum.core.log import LogEntry
from forum.core.rules import require
from forum.moderation.actions import appealing, deciding, handling, mending
from forum.moderation.models import Case, Decision
from forum.moderation.queries import flags
from forum.moderation.signals import undone
from forum.threads.models import Reply, Thread
from forum.threads.signals import answering, erased, recorded, returned, withdrawn


@answering.connect
def keep_apart(what: Reply | Thread, *, by: Member, **_rest: object) -> None:
    """Let nobody answer what they have flagged, while a moderator has not looked at it."""
    which = Case.reply_id == what.id if isinstance(what, Reply) else Case.thread_id == what.id
    require("answer_flagged", by, flags.own(which, by))


@erased.connect
def forget_words(_sender: None, *, replies: Sequence[int]) -> None:
    """Let words that were erased be gone from flags too; those of an open case are kept until it is closed."""
    handling.forget_wordings(list(replies))


@withdrawn.connect
def take_for_answer(reply: Reply) -> None:
    if reply.flagged:
        mending.follow_withdrawn(reply)


@returned.connect
def look_again(reply: Reply) -> None:
    if reply.flagged:
        mending.follow_returned(reply)


@recorded.connect
def take_back(entry: LogEntry) -> None:
    """Let what was restored or unlocked take the decision back that had hidden or locked it."""
    if entry.act in deciding.ENDED_BY:
        deciding.follow(entry)


@note_withdrawn.connect
def close_case(note: FieldNote) -> None:
    """Let nothing be left to decide about what its author has taken back."""
    handling.follow_withdrawn_note(note)


@undone.connect
def close_appeals(decision: Decision) -> None:
    appealing.follow(decision)

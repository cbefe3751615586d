from collections.abc import Collection

from forum.accounts.models import Member
from forum.accounts.signals import muted, unmuted
from forum.commitments.signals import due, settled
from forum.core.log import LogEntry
from forum.moderation.models import Mend
from forum.moderation.signals import answered, asked
from forum.notices.actions import counting, levels, reading, telling
from forum.threads.models import Reply, Revision, Thread
from forum.threads.signals import (
    folded,
    hidden,
    mentioned,
    merged,
    moved,
    opened,
    recorded,
    replied,
    restored,
    returned,
    unfolded,
    withdrawn,
)


@replied.connect
def follow_where_one_replies(reply: Reply) -> None:
    levels.follow_own(reply.thread_id, reply.author_id)


@opened.connect
def follow_what_one_opens(thread: Thread) -> None:
    if thread.author_id is not None:
        levels.follow_own(thread.id, thread.author_id)


@replied.connect
def tell_of_reply(reply: Reply) -> None:
    telling.reply(reply)


@opened.connect
def tell_of_thread(thread: Thread) -> None:
    """Tell of a thread that someone opened; one that was split from another brings nothing new."""
    if thread.author_id is not None:
        telling.thread(thread)


@mentioned.connect
def tell_who_is_mentioned(text: Reply | Thread, *, members: Collection[int]) -> None:
    telling.mention(text, members)


@recorded.connect
def tell_of_decision(entry: LogEntry) -> None:
    telling.decision(entry)


@asked.connect
def tell_of_mend(mend: Mend) -> None:
    if mend.case.reply:
        telling.to_mend(mend.case.reply)


@answered.connect
def stop_telling_of_mend(mend: Mend) -> None:
    if mend.case.reply:
        reading.answered(mend.case.reply.author_id, mend.case.reply.id)


@withdrawn.connect
@returned.connect
@hidden.connect
@restored.connect
@folded.connect
@unfolded.connect
def count_what_may_be_told(what: Reply | Thread | Revision) -> None:
    if isinstance(what, Reply):
        counting.count_for_replies([what.id])
    elif isinstance(what, Thread):
        counting.count_for_thread(what.id)


@moved.connect
def count_what_moved(_into: Thread, *, replies: Collection[int], **_rest: object) -> None:
    """Count what was told of a hidden thread and stands in another one now."""
    counting.count_for_replies(replies)


@merged.connect
def count_what_merged(_into: Thread, *, source: Thread) -> None:
    counting.count_for_thread(source.id)


@muted.connect
@unmuted.connect
def count_what_is_heard(member: Member) -> None:
    counting.count([member.id])


@due.connect
def remind(_sender: None, *, member_id: int) -> None:
    telling.remind(member_id)


@settled.connect
def stop_reminding(_sender: None, *, member_id: int) -> None:
    reading.settled(member_id)

"""Each change is heard inside its transaction: what is gone is not found from then on, what is new is."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from forum.core.db import session
from forum.essays.models import Essay
from forum.essays.signals import published
from forum.search import actions
from forum.threads.models import Reply, Revision, Thread
from forum.threads.signals import (
    edited,
    folded,
    hidden,
    merged,
    moved,
    opened,
    replied,
    requoted,
    restored,
    returned,
    reworded,
    unfolded,
    unnamed,
    withdrawn,
)


@replied.connect
@edited.connect
@withdrawn.connect
@requoted.connect
@returned.connect
@folded.connect
@unfolded.connect
def follow_reply(reply: Reply, **_rest: object) -> None:
    actions.follow_replies(Reply.id == reply.id)


@unnamed.connect
def follow_unnamed(_sender: None, *, replies: Sequence[int], threads: Sequence[int]) -> None:
    actions.follow_replies(Reply.id.in_(replies))
    for thread in session().scalars(select(Thread).where(Thread.id.in_(threads))):
        actions.follow_opening(thread)


@hidden.connect
@restored.connect
def follow_either(what: Reply | Thread | Revision, **_rest: object) -> None:
    """Earlier wordings are not searched."""
    if isinstance(what, Thread):
        actions.follow_thread(what)
    elif isinstance(what, Reply):
        follow_reply(what)


@opened.connect
@reworded.connect
def follow_opening(thread: Thread, **_rest: object) -> None:
    actions.follow_opening(thread)


@moved.connect
def follow_moved(_into: Thread, *, replies: Sequence[int], **_rest: object) -> None:
    actions.follow_replies(or_(Reply.id.in_(replies), Reply.root_id.in_(replies)))


@merged.connect
def follow_merged(into: Thread, *, source: Thread, **_rest: object) -> None:
    actions.follow_opening(source)
    actions.follow_merged(into)


@published.connect
def follow_essay(essay: Essay, **_rest: object) -> None:
    actions.follow_essay(essay)

"""What those who keep a thread do to it; each act leaves an entry in the thread and in the public log."""

from datetime import datetime

from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock, log
from forum.core.db import session, transaction
from forum.core.log import LogEntry
from forum.core.rules import require
from forum.threads.actions.counting import count, count_thread
from forum.threads.models import FOLDED, HIDDEN, STANDING, Reply, Thread
from forum.threads.reasons import MENDED, REWORKED, UNTIL_LOOKED_AT, UNTIL_SEEN
from forum.threads.signals import folded, hidden, locked, pinned, recorded, restored, unfolded, unlocked, unpinned


def role_of(by: Member) -> str:
    """Return the role in which someone keeps a thread: what its readers are told instead of a name."""
    return by.role if by.moderates else "facilitator"


def record(act: str, thread: Thread, by: Member | None, reason: str, **what: object) -> LogEntry:
    """Leave an entry in the thread, after its newest reply, and in the public log; without `by` the forum itself acted."""
    newest = session().scalar(select(func.max(Reply.id)).where(Reply.thread_id == thread.id)) or 0
    actor, role = (by.id, role_of(by)) if by else (None, "forum")
    entry = log.record(act, actor, role, thread_id=thread.id, reason=reason, after_reply_id=newest, **what)
    recorded.send(entry)
    return entry


def lock(thread: Thread, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("lock", by, thread)
        thread.locked_at, thread.locked_reason, thread.locked_role = clock.now(), reason, role_of(by)
        entry = record("lock", thread, by, reason)
        locked.send(thread)
        return entry


def unlock(thread: Thread, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("unlock", by, thread)
        thread.locked_at, thread.locked_reason, thread.locked_role = None, "", ""
        entry = record("unlock", thread, by, reason)
        unlocked.send(thread)
        return entry


def pin(thread: Thread, *, scope: str, reason: str, until: datetime | None, by: Member) -> None:
    """Pin a thread for the whole forum (`scope` "forum") or within its theme ("theme"), perhaps until a moment."""
    with transaction():
        require("pin_everywhere" if scope == "forum" else "pin", by, thread)
        thread.pin_scope, thread.pinned_at, thread.pinned_role = scope, clock.now(), role_of(by)
        thread.pinned_reason, thread.pinned_until = reason, until
        record("pin", thread, by, reason, until=until, detail=scope)
        pinned.send(thread)


def unpin(thread: Thread, *, reason: str, by: Member) -> None:
    with transaction():
        require("unpin", by, thread)
        thread.pin_scope, thread.pinned_at, thread.pinned_role = "", None, ""
        thread.pinned_reason, thread.pinned_until = "", None
        record("unpin", thread, by, reason)
        unpinned.send(thread)


def hide_reply(reply: Reply, *, reason: str, by: Member) -> LogEntry:
    """Leave a stub with the reason in a reply's place. Its author still sees the words."""
    with transaction():
        require("hide_reply", by, reply)
        _put(reply, HIDDEN, reason)
        entry = record("hide_reply", reply.thread, by, reason, reply_id=reply.id)
        hidden.send(reply)
        return entry


def hold_reply(reply: Reply) -> None:
    """Hide a reply until a moderator has looked at it; nobody is asked, so it can wait for nobody."""
    with transaction():
        if reply.state in {STANDING, FOLDED}:
            _put(reply, HIDDEN, UNTIL_SEEN)
            record("hold_reply", reply.thread, None, UNTIL_SEEN, reply_id=reply.id)
            hidden.send(reply)


def _put(reply: Reply, state: str, reason: str) -> None:
    """Put a reply into another state, and let the counts follow: only what stands open is counted."""
    if STANDING in {state, reply.state}:
        count(reply, 1 if state == STANDING else -1)
    reply.state, reply.state_at, reply.state_reason = state, clock.now(), reason


def restore_reply(reply: Reply, *, reason: str, by: Member, state: str = STANDING, state_reason: str = "") -> LogEntry:
    """Let a hidden reply stand again, or be folded as it was before."""
    with transaction():
        require("restore_reply", by, reply)
        _put(reply, state, state_reason)
        entry = record("restore_reply", reply.thread, by, reason, reply_id=reply.id)
        restored.send(reply)
        return entry


def fold_reply(reply: Reply, *, reason: str, by: Member) -> LogEntry:
    """Put a reply's words behind a fold with the reason on it, in its place alone: nothing else shows them."""
    with transaction():
        require("fold_reply", by, reply)
        _put(reply, FOLDED, reason)
        entry = record("fold_reply", reply.thread, by, reason, reply_id=reply.id)
        folded.send(reply)
        return entry


def fold_for_now(reply: Reply, reason: str) -> None:
    """Fold a standing reply while its author reworks it, or until a moderator has looked at it; nobody is asked.

    The log does not say which one: nothing of it is to stay in the thread.
    """
    with transaction():
        if reply.state == STANDING:
            _put(reply, FOLDED, reason)
            recorded.send(log.record("fold_reply", None, "forum", reason=reason, reply_id=reply.id))
            folded.send(reply)


def fold_on(reply: Reply) -> None:
    """Keep a reply folded that its author does not rework, until a moderator has looked at it."""
    with transaction():
        if reply.state == FOLDED and reply.state_reason == REWORKED:
            reply.state_reason = UNTIL_LOOKED_AT


def unfold_mended(reply: Reply) -> None:
    """Unfold a reply that its author has reworked; nobody is asked."""
    with transaction():
        if reply.state == FOLDED:
            _put(reply, STANDING, "")
            recorded.send(log.record("unfold_reply", None, "forum", reason=MENDED, reply_id=reply.id))
            unfolded.send(reply)


def unfold_reply(reply: Reply, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("unfold_reply", by, reply)
        _put(reply, STANDING, "")
        entry = record("unfold_reply", reply.thread, by, reason, reply_id=reply.id)
        unfolded.send(reply)
        return entry


def hide_thread(thread: Thread, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("hide_thread", by, thread)
        thread.state, thread.state_reason = HIDDEN, reason
        count_thread(thread, -1)
        entry = record("hide_thread", thread, by, reason)
        hidden.send(thread)
        return entry


def restore_thread(thread: Thread, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("restore_thread", by, thread)
        thread.state, thread.state_reason = STANDING, ""
        count_thread(thread, 1)
        entry = record("restore_thread", thread, by, reason)
        restored.send(thread)
        return entry

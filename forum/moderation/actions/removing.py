"""Removing a reply, which is more than hiding it, and what a moderator says beside one."""

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import transaction
from forum.core.log import LogEntry
from forum.core.rules import require
from forum.threads.actions.counting import count
from forum.threads.actions.keeping import record, role_of
from forum.threads.models import REMOVED, STANDING, Reply
from forum.threads.signals import hidden, restored


def remove(reply: Reply, *, reason: str, by: Member) -> LogEntry:
    """Leave a stub in a reply's place; nobody reads its words but those who look after a case about it."""
    with transaction():
        require("remove_reply", by, reply)
        if reply.state == STANDING:
            count(reply, -1)
        reply.state, reply.state_at, reply.state_reason = REMOVED, clock.now(), reason
        entry = record("remove_reply", reply.thread, by, reason, reply_id=reply.id)
        hidden.send(reply)
        return entry


def put_back(reply: Reply, state: str, state_reason: str, *, reason: str, by: Member) -> LogEntry:
    """Let a removed reply be what it was before: standing, or hidden with its reason. Raises Refused."""
    with transaction():
        require("put_back_reply", by, reply)
        reply.state, reply.state_at, reply.state_reason = state, clock.now(), state_reason
        if state == STANDING:
            count(reply, 1)
        entry = record("put_back_reply", reply.thread, by, reason, reply_id=reply.id)
        restored.send(reply)
        return entry


def note(reply: Reply, text: str, *, reason: str, by: Member) -> LogEntry:
    """Put what a moderator has to say beside a reply, for everyone."""
    with transaction():
        require("note_reply", by, reply)
        reply.note, reply.note_role = text, role_of(by)
        return record("note_reply", reply.thread, by, reason, reply_id=reply.id)


def take_note(reply: Reply, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        reply.note = reply.note_role = ""
        return record("unnote_reply", reply.thread, by, reason, reply_id=reply.id)

"""Keeping a member from writing for a while, or from the place; and letting them in again."""

from datetime import datetime

from sqlalchemy import delete

from forum.accounts.models import LoginSession, Member
from forum.core import clock, log
from forum.core.db import session, transaction
from forum.core.log import LogEntry
from forum.core.rules import require


def pause(member: Member, until: datetime, *, reason: str, by: Member) -> LogEntry:
    """Let a member write nothing new until a moment. They stay logged in: reading, changing and withdrawing go on."""
    with transaction():
        require("pause_member", by, member)
        member.paused_until = until
        return _logged("pause_member", member, reason, by, until)


def unpause(member: Member, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        member.paused_until = None
        return _logged("unpause_member", member, reason, by)


def ban(member: Member, *, reason: str, by: Member) -> LogEntry:
    """Keep a member out, and end all their sessions. They can log in again, to read why and to appeal."""
    with transaction():
        require("ban_member", by, member)
        member.banned_at = clock.now()
        session().execute(delete(LoginSession).where(LoginSession.member_id == member.id))
        return _logged("ban_member", member, reason, by)


def unban(member: Member, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        member.banned_at = None
        return _logged("unban_member", member, reason, by)


def _logged(act: str, member: Member, reason: str, by: Member, until: datetime | None = None) -> LogEntry:
    return log.record(act, by.id, by.role, member_id=member.id, reason=reason, until=until)

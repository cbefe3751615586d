"""What moderators do to field notes. Whoever wrote an unsigned one is told nowhere but beside their own commitment."""

from forum.accounts.models import Member
from forum.commitments.models import FieldNote
from forum.core import log
from forum.core.db import transaction
from forum.core.log import LogEntry
from forum.core.rules import require
from forum.threads.models import HIDDEN, STANDING
from forum.threads.reasons import UNTIL_SEEN


def hide(note: FieldNote, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("hide_field_note", by, note)
        note.state, note.state_reason = HIDDEN, reason
        return _record("hide_field_note", note, by, reason)


def restore(note: FieldNote, *, reason: str, by: Member) -> LogEntry:
    with transaction():
        require("restore_field_note", by, note)
        note.state, note.state_reason = STANDING, ""
        return _record("restore_field_note", note, by, reason)


def hold(note: FieldNote) -> None:
    """Hide a note until a moderator has looked at it, as the forum itself; inside a transaction."""
    if note.state == STANDING:
        note.state, note.state_reason = HIDDEN, UNTIL_SEEN
        _record("hold_field_note", note, None, UNTIL_SEEN)


def _record(act: str, note: FieldNote, by: Member | None, reason: str) -> LogEntry:
    actor, role = (by.id, by.role) if by else (None, "forum")
    return log.record(act, actor, role, reason=reason, detail=str(note.id), theme_id=note.theme_id)

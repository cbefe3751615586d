"""Earlier wordings: an edit keeps them, and those who moderate hide what must not be seen."""

from collections.abc import Sequence

from sqlalchemy import delete

from forum.accounts.models import Member
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.threads import queries
from forum.threads.actions.keeping import record
from forum.threads.models import Reply, Revision
from forum.threads.signals import hidden, restored


def keep(reply: Reply) -> bool:
    """Keep a reply's wording before it is changed, unless the change may leave no trace; return whether it was kept."""
    if queries.leaves_no_trace(reply):
        return False
    kept = Revision(
        reply_id=reply.id,
        number=reply.revision,
        kind=reply.kind,
        source=reply.source,
        written_at=reply.edited_at or reply.created_at,
        reason=reply.edit_reason,
    )
    session().add(kept)
    reply.revision += 1
    return True


def forget(reply_ids: Sequence[int]) -> None:
    """Erase all earlier wordings of replies; inside a transaction."""
    session().execute(delete(Revision).where(Revision.reply_id.in_(reply_ids)))


def hide_revision(revision: Revision, *, reason: str, by: Member) -> None:
    """Put a reason in the place of an earlier wording. Those who moderate still see the words."""
    with transaction():
        require("hide_revision", by, revision)
        revision.hidden_reason = reason
        record("hide_revision", revision.reply.thread, by, reason, reply_id=revision.reply_id)
        hidden.send(revision)


def restore_revision(revision: Revision, *, reason: str, by: Member) -> None:
    with transaction():
        require("restore_revision", by, revision)
        revision.hidden_reason = ""
        record("restore_revision", revision.reply.thread, by, reason, reply_id=revision.reply_id)
        restored.send(revision)

"""What becomes of commitments and field notes when someone leaves: commitments go, field notes go along or stay without a name."""

from sqlalchemy import select

from forum.commitments import queries
from forum.commitments.actions.telling import wipe
from forum.commitments.models import FieldNote
from forum.core.db import session
from forum.core.holdings import Leaver

BATCH = 100


def unsigned(leaver: Leaver) -> bool:
    """See to the notes that only the leaver's own commitments know of; there are few."""
    plans = [commitment.plan for commitment in queries.everything(leaver.id)]
    for note in queries.by_ids([plan.note for plan in plans if plan and plan.note]).values():
        if leaver.takes:
            wipe(note)
        note.signature = ""
    return False


def signed(leaver: Leaver) -> bool:
    """Take a batch of what stands under their name along; what stays will be of a former member."""
    if not leaver.takes:
        return False
    theirs = select(FieldNote).where(FieldNote.author_id == leaver.id).order_by(FieldNote.id).limit(BATCH)
    gone = session().scalars(theirs).all()
    for note in gone:
        wipe(note)
    return len(gone) == BATCH

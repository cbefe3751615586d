"""What moderators do with a case until it is decided: take it, leave it, tell each other something."""

from sqlalchemy import ColumnElement, select, update

from forum.accounts.models import NOBODY, Member
from forum.commitments.models import FieldNote
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.holdings import Leaver
from forum.core.rules import require
from forum.moderation.models import CLOSED, OPEN, Case, Flag, Mend, Note
from forum.moderation.names import TAKEN_BACK
from forum.moderation.queries import cases as queries
from forum.moderation.signals import closed
from forum.threads.citations import without


def claim(case: Case, *, by: Member) -> None:
    """Take a case, so that the others know. Of two at once, the second is told who was first."""
    with transaction(public=False):
        require("work_on_case", by, queries.desk(case, by))
        case.claimed_by_id, case.claimed_at = by.id, clock.now()


def release(case: Case, *, by: Member) -> None:
    with transaction(public=False):
        require("release_case", by, queries.desk(case, by))
        case.claimed_by_id = case.claimed_at = None


def note(case: Case, text: str, *, by: Member) -> None:
    """Say something to the other moderators, also about a case that another looks after, or that is closed."""
    with transaction(public=False):
        require("see_case", by, queries.desk(case, by))
        session().add(Note(case_id=case.id, by_id=by.id, text=text, at=clock.now()))


def end(case: Case, outcome: str) -> None:
    """Let a case be over, inside a transaction. Of words that their author has taken back and had erased, nothing is kept."""
    case.state, case.outcome, case.closed_at = CLOSED, outcome, clock.now()
    case.claimed_by_id = case.claimed_at = None
    taken_along = case.thread and case.thread.author_id == NOBODY and not case.thread.source
    if taken_along or (case.reply and not case.reply.source):
        session().flush()
        _blank(Case.id == case.id)
    closed.send(case)


def forget_wordings(reply_ids: list[int]) -> None:
    """Erase the words of replies from the flags and mends of closed cases, and from those of what cites them; inside a transaction."""
    session().flush()
    _blank(Case.reply_id.in_(reply_ids), Case.state == CLOSED)
    for flag in session().scalars(select(Flag).where(Flag.wording.contains("](/replies/"))):
        before, flag.wording = flag.wording, without(flag.wording, reply_ids)
        if flag.words in before and flag.words not in flag.wording:
            flag.words = ""


def follow_withdrawn_note(note: FieldNote) -> None:
    """Close the case of a field note that was taken back, and let its words be gone from all its cases; inside a transaction."""
    session().flush()
    case = session().scalar(select(Case).where(Case.field_note_id == note.id, Case.state == OPEN))
    if case:
        end(case, TAKEN_BACK)
    _blank(Case.field_note_id == note.id)


def leave(leaver: Leaver) -> bool:
    """Erase from the flags of closed cases what someone who left takes along of a thread; replies are erased before."""
    if leaver.takes:
        _blank(Case.author_id == leaver.id, Case.thread_id.is_not(None), Case.state == CLOSED)
    return False


def _blank(*which: ColumnElement[bool]) -> None:
    cases, silent = select(Case.id).where(*which), {"synchronize_session": False}
    emptied = update(Flag).where(Flag.case_id.in_(cases)).values(wording="", words="")
    session().execute(emptied, execution_options=silent)
    session().execute(update(Mend).where(Mend.case_id.in_(cases)).values(reason=""), execution_options=silent)

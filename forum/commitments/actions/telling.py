"""Field notes: telling what came of a commitment, asking about what someone told, taking either back."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import Member
from forum.commitments import queries
from forum.commitments.models import Commitment, FieldNote
from forum.commitments.plans import Plan, closed, signature
from forum.commitments.signals import note_withdrawn
from forum.core import limits
from forum.core.db import session, transaction
from forum.core.rules import Refused, require
from forum.themes.models import Theme
from forum.threads.models import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Told:
    """What I tried, what happened, what I would do otherwise; under one's name or not, with the door open to questions or not."""

    tried: str
    happened: str
    otherwise: str
    signed: bool = False
    door: bool = False


def tell(commitment: Commitment, told: Told, *, by: Member) -> FieldNote:
    """Write the field note of a commitment; sent again, it gives the one that stands. Raises Refused."""
    with transaction():
        plan = _plan(commitment)
        known = session().get(FieldNote, plan.note) if plan.note else None
        if known and (known.tried, known.happened, known.otherwise) == (told.tried, told.happened, told.otherwise):
            return known
        theme = session().get_one(Theme, plan.theme_id)
        require("tell_field_note", by, queries.telling(commitment, by, theme.key))
        words = {"tried": told.tried, "happened": told.happened, "otherwise": told.otherwise}
        made = FieldNote(theme_id=theme.id, door=told.door, day=queries.today(), **words)
        session().add(made)
        session().flush()
        if told.signed:
            made.author_id = by.id
        else:
            made.signature = signature(made.id, by.id)
        commitment.sealed = closed(plan.with_note(made.id), by.id)
        return made


def _plan(commitment: Commitment) -> Plan:
    plan = commitment.plan
    if plan is None:
        raise Refused("tell_field_note", queries.unreadable())
    return plan


def ask(note: FieldNote, text: str, *, by: Member) -> FieldNote:
    """Ask about a field note, under one's name; the same again is the same question. Raises Refused or TooOften."""
    with transaction():
        same = (FieldNote.about_id == note.id, FieldNote.author_id == by.id, FieldNote.happened == text)
        if known := session().scalar(select(FieldNote).where(*same)):
            return known
        require("ask_about_note", by, queries.asking(note, by))
        limits.check("reply", str(by.id))
        limits.count("reply", str(by.id))
        made = FieldNote(theme_id=note.theme_id, about_id=note.id, author_id=by.id, happened=text, day=queries.today())
        session().add(made)
        session().flush()
        return made


def take_back(note: FieldNote, *, by: Member) -> None:
    """Take a field note or a question back, for good: its words are erased. Raises Refused."""
    with transaction():
        require("take_back_note", by, note)
        wipe(note)


def wipe(note: FieldNote) -> None:
    """Erase the words of a field note and every trace of who wrote it; inside a transaction."""
    note.tried = note.happened = note.otherwise = note.signature = note.state_reason = ""
    note.author_id, note.door, note.state = None, False, WITHDRAWN
    session().flush()
    note_withdrawn.send(note)

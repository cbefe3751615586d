from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.commitments import queries
from forum.commitments.actions import leaving
from forum.commitments.models import Commitment, FieldNote
from forum.commitments.plans import ANSWERS
from forum.core import site
from forum.core.holdings import GOES, NOBODY, Holding, hold, rows


def _commitments(member_id: int) -> Iterator[Mapping[str, Any]]:
    for commitment in queries.everything(member_id):
        plan = commitment.plan
        if plan is None:
            yield {"text": queries.unreadable(), "asked": str(commitment.ask_on or "")}
            continue
        yield {
            "theme": queries.theme_key(plan.theme_id),
            "text": queries.sentence(plan),
            "made": plan.made,
            "asked": str(commitment.ask_on or ""),
            "answer": str(ANSWERS[plan.answer]) if plan.answer else "",
            "note": _address(plan.note) if plan.note else "",
        }


def _address(note_id: int) -> str:
    return site.absolute(f"/commitments/notes/{note_id}")


def _notes(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What a member wrote: under their name, and unsigned what their own commitments know of."""
    plans = [commitment.plan for commitment in queries.everything(member_id)]
    for note in queries.by_ids([plan.note for plan in plans if plan and plan.note]).values():
        if note.author_id is None:
            yield _told(note)
    for row in rows(select(FieldNote).where(FieldNote.author_id == member_id), FieldNote.id):
        yield _told(row[0])


def _told(note: FieldNote) -> Mapping[str, Any]:
    return {
        "address": _address(note.id),
        "about": _address(note.about_id) if note.about_id else "",
        "text": [note.tried, note.happened, note.otherwise],
        "written": str(note.day),
        "state": note.state,
        "reason": note.state_reason,
    }


hold(
    Holding(
        key="commitments",
        group="writing",
        tables=(Commitment,),
        people={"commitments.member_id": GOES},
        title=_l("What you want to do elsewhere"),
        what=_l(
            "Your sentence, its theme, what came of it and which field note you wrote, sealed with a key that does not lie in the "
            "database. Outside the seal: that it is yours, when you want to be asked and when you were. No page shows it to "
            "anyone but you. Whoever runs the machine has the key too, and could open it."
        ),
        why=_l("So that you find it again and can be asked about it."),
        until=_l("Until you throw it away."),
        fields={
            "theme": _l("Theme"),
            "text": _l("Text"),
            "made": _l("Written"),
            "asked": _l("Ask me on"),
            "answer": _l("What came of it"),
            "note": _l("Field note"),
        },
        told=_commitments,
        steps=(leaving.unsigned,),
        leaving=_l("It goes. Field notes that you did not sign go along or stay, as you choose."),
    )
)
hold(
    Holding(
        key="field_notes",
        group="writing",
        tables=(FieldNote,),
        people={"field_notes.author_id": NOBODY},
        title=_l("Your field notes, and what you ask about those of others"),
        what=_l(
            "Your words, their theme, the day, and your name if you signed. Everyone can read it but who wrote an unsigned one: "
            "that stands sealed with the note, for reports alone, and in your own commitment."
        ),
        why=_l("So that others learn from what you tried."),
        until=_l("Until you take it back; then its words are erased."),
        fields={
            "address": _l("Address"),
            "about": _l("Question about"),
            "text": _l("Text"),
            "written": _l("Written"),
            "state": _l("State"),
            "reason": _l("Why it was hidden"),
        },
        told=_notes,
        steps=(leaving.signed,),
        leaving=_l("You choose: it goes along, or stays without your name."),
    )
)

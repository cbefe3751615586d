"""Commitments and field notes, made the way the forum makes them."""

from datetime import date

from forum.accounts.models import Member
from forum.commitments.actions import committing, telling
from forum.commitments.actions.committing import Words
from forum.commitments.actions.telling import Told
from forum.commitments.models import Commitment, FieldNote
from forum.commitments.plans import HAPPENED
from tests import make

WORDS = Words("a sour joke about figs", "cousins", "peel an orange")
TOLD = Told("I peeled an orange.", "They went quiet.", "I would peel two.")


def commitment(by: Member, words: Words = WORDS, *, key: str = "mistrust", ask_on: date | None = None) -> Commitment:
    make.unlimited()
    return committing.commit(make.theme(key), words, ask_on=ask_on, by=by, form_key=make.form_key())


def note(by: Member, told: Told = TOLD, *, key: str = "mistrust") -> FieldNote:
    kept = commitment(by, key=key)
    committing.answer(kept, HAPPENED, by=by)
    return telling.tell(kept, told, by=by)


def signed(*, door: bool = True) -> Told:
    return Told("I asked.", "She answered.", "", signed=True, door=door)


OPEN_DOOR = Told("I peeled an orange.", "They went quiet.", "", door=True)

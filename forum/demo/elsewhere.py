"""What some in the demo want to do elsewhere, and what two of them told of it: one that went badly, unsigned, and one signed."""

from typing import Any

from forum.commitments import queries
from forum.commitments.actions import committing, telling
from forum.commitments.actions.committing import Words
from forum.commitments.actions.telling import Told
from forum.commitments.models import Commitment
from forum.commitments.plans import BADLY, HAPPENED
from forum.core.db import session
from forum.themes.models import Theme


def note(story: Any) -> None:
    first, second, waiting = (text.split("\n") for text in story.words.sections["commitments"])
    badly, well, question = story.words.sections["field_notes"]
    unsigned = _kept(story, "ada", first)
    committing.answer(unsigned, BADLY, by=story.named("ada"))
    told = telling.tell(unsigned, _told(badly, door=True), by=story.named("ada"))
    telling.ask(told, question, by=story.named("greta"))
    signed = _kept(story, "farid", second)
    committing.answer(signed, HAPPENED, by=story.named("farid"))
    telling.tell(signed, _told(well, signed=True), by=story.named("farid"))
    _kept(story, "ada", waiting, ask_on=queries.today())
    for _asked in committing.ask_those_due():
        pass


def _kept(story: Any, name: str, words: list[str], **more: Any) -> Commitment:
    theme = session().get_one(Theme, list(story.themes.values())[:2][-1])
    return committing.commit(
        theme, Words(*words), **{"ask_on": None, **more}, by=story.named(name), form_key=next(story.keys)
    )


def _told(text: str, **how: bool) -> Told:
    tried, happened, otherwise = text.split("\n\n")
    return Told(tried, happened, otherwise, **how)

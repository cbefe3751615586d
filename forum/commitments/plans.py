"""A commitment as its owner reads it, and the sealed form in which alone it is kept."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from flask_babel import lazy_gettext as _l

from forum.core.sealed import opened, sealed

HAPPENED, DID_NOT, BADLY, LET_GO = "happened", "did_not", "badly", "let_go"
ANSWERS = {
    HAPPENED: _l("It happened"),
    DID_NOT: _l("It did not"),
    BADLY: _l("It went badly"),
    LET_GO: _l("Let it go"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """When `when` happens among my `among`, I will `will`. `note` is the id of the field note that came of it, 0 for none."""

    theme_id: int
    when: str
    among: str
    will: str
    made: str  # the day, as ISO has it
    answer: str = ""
    note: int = 0

    @property
    def day(self) -> date:
        return date.fromisoformat(self.made)

    def with_note(self, note_id: int) -> "Plan":
        return replace(self, note=note_id)

    def answered(self, answer: str) -> "Plan":
        return replace(self, answer=answer)


def closed(plan: Plan, owner_id: int) -> str:
    """Return a plan sealed for its owner: in another's row it opens nothing."""
    return sealed(f"commitment of {owner_id}", json.dumps(asdict(plan), ensure_ascii=False))


def read(text: str, owner_id: int) -> Plan | None:
    """Return what was sealed; None where the forum's key is another one now."""
    found = opened(f"commitment of {owner_id}", text)
    return Plan(**json.loads(found)) if found else None


def signature(note_id: int, author_id: int) -> str:
    """Return who wrote an unsigned field note, sealed for that note alone: no statement can join it to a name."""
    return sealed(f"author of field note {note_id}", str(author_id))


def author(text: str, note_id: int) -> int | None:
    found = opened(f"author of field note {note_id}", text) if text else None
    return int(found) if found else None

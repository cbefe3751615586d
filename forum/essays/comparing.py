"""Two editions side by side: which passages stayed, changed, moved, came and went, and their words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from forum.core.differences import Change, ascending, differences

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


class Worded(NamedTuple):
    """A passage as one edition has it."""

    id: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A passage of either edition. `was` is its place in the older one, counted from 1, if it moved, otherwise 0."""

    kind: str
    key: str
    changes: list[Change]
    was: int = 0


def compare(old: Sequence[Worded], new: Sequence[Worded]) -> list[list[Section]]:
    """Return the passages in reading order, those that stayed as they were and stand together in one list."""
    groups: list[list[Section]] = []
    for section in _sections(old, new):
        if groups and _is_as_before(section) and _is_as_before(groups[-1][-1]):
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def _is_as_before(section: Section) -> bool:
    return section.kind == SAME and not section.was


def _sections(old: Sequence[Worded], new: Sequence[Worded]) -> list[Section]:
    pairs = _pairs(old, new)
    stayed = dict(ascending(sorted(pairs)))
    before = {there: here for here, there in pairs}
    gone = [place for place in range(len(old)) if place not in {here for here, _there in pairs}]
    sections: list[Section] = []
    for place, passage in enumerate(new):
        here = before.get(place)
        if here is None:
            sections.append(Section(NEW, passage.key, [("new", passage.text)]))
            continue
        is_in_order = stayed.get(here) == place
        while is_in_order and gone and gone[0] < here:
            sections.append(_gone(old[gone.pop(0)]))
        changes = differences(old[here].text, passage.text)
        kind = CHANGED if any(said != "same" for said, _text in changes) else SAME
        sections.append(Section(kind, passage.key, changes, 0 if is_in_order else here + 1))
    return sections + [_gone(old[place]) for place in gone]


def _gone(passage: Worded) -> Section:
    return Section(GONE, passage.key, [("gone", passage.text)])


def _pairs(old: Sequence[Worded], new: Sequence[Worded]) -> list[tuple[int, int]]:
    """Pair equal texts, then those of the others that have one address: it may have gone to another text."""
    once, once_more = (Counter(passage.text for passage in edition) for edition in (old, new))
    places = {p.text: place for place, p in enumerate(new) if once_more[p.text] == 1}
    pairs = [(n, places[p.text]) for n, p in enumerate(old) if once[p.text] == 1 and p.text in places]
    taken, taken_there = {here for here, _there in pairs}, {there for _here, there in pairs}
    by_id = {p.id: place for place, p in enumerate(new) if place not in taken_there}
    return pairs + [(n, by_id[p.id]) for n, p in enumerate(old) if n not in taken and p.id in by_id]

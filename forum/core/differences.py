"""What changed between two texts, word by word, in time that grows with their length whatever stands in them.

Words that come once in each text and in the same order hold the two together; between them the same is done again, and what
then is small is compared closely. Close comparing costs the product of two lengths, so it has a budget: where that is spent,
a stretch counts as replaced.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
Change = tuple[Kind, str]
Block = tuple[int, int, int]  # so many equal tokens from this place of the old text and from that of the new

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
BUDGET = 800_000
BUDGET_PER_TOKEN = 16
LARGEST_BOX = 90_000  # pairs of tokens compared closely at once


def tokens(text: str) -> list[str]:
    """Return words, spaces and single signs; joined they are the text again."""
    return TOKEN.findall(text)


def differences(old: str, new: str) -> list[Change]:
    """Return what stayed, went and came, in reading order; what replaces something follows it.

    The texts of all but "new" make up the old text, those of all but "gone" the new one.
    """
    left, right = tokens(old), tokens(new)
    changes: list[Change] = []
    at, to = 0, 0
    for i, j, size in [*matching_blocks(left, right), (len(left), len(right), 0)]:
        _add(changes, "".join(left[at:i]), "".join(right[to:j]))
        if size:
            changes.append(("same", "".join(left[i : i + size])))
        at, to = i + size, j + size
    return _legible(changes)


def _add(changes: list[Change], gone: str, new: str) -> None:
    if gone:
        changes.append(("gone", gone))
    if new:
        changes.append(("new", new))


def _legible(changes: Sequence[Change]) -> list[Change]:
    """Draw changes together that only a space parts: a phrase that replaces another is read as one."""
    merged: list[Change] = []
    gone = new = ""
    for place, (kind, text) in enumerate(changes):
        parts_two = kind == "same" and bool(gone and new) and place + 1 < len(changes)
        if kind == "gone":
            gone += text
        elif kind == "new":
            new += text
        elif parts_two and text.isspace() and changes[place + 1][0] == "gone":
            gone, new = gone + text, new + text
        else:
            _add(merged, gone, new)
            gone = new = ""
            merged.append((kind, text))
    _add(merged, gone, new)
    return merged


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the stretches that two lists of tokens have in common, ascending in both, none beside another."""
    budget = _Budget(BUDGET + BUDGET_PER_TOKEN * (len(old) + len(new)))
    blocks = sorted(_blocks(old, new, budget))
    joined: list[Block] = []
    for i, j, size in blocks:
        if joined and (i, j) == (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


@dataclass(slots=True)
class _Budget:
    left: int

    def spend(self, cost: int) -> bool:
        """Take a cost off what is left, if it can be paid."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


@dataclass(frozen=True, slots=True)
class _Box:
    """A stretch of the old tokens and the stretch of the new ones that it is compared with."""

    i: int
    i_end: int
    j: int
    j_end: int


def _blocks(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Block]:
    boxes = [_Box(0, len(old), 0, len(new))]
    while boxes:
        whole = boxes.pop()
        box = _without_equal_ends(old, new, whole)
        if box.i > whole.i:
            yield whole.i, whole.j, box.i - whole.i
        if whole.i_end > box.i_end:
            yield box.i_end, box.j_end, whole.i_end - box.i_end
        left, right = box.i_end - box.i, box.j_end - box.j
        if not left or not right or not budget.spend(left + right):
            continue
        if pairs := ascending(_once_in_both(old, new, box)):
            at, to = box.i, box.j
            for i, j in pairs:
                yield i, j, 1
                boxes.append(_Box(at, i, to, j))
                at, to = i + 1, j + 1
            boxes.append(_Box(at, box.i_end, to, box.j_end))
        elif left * right <= LARGEST_BOX and budget.spend(left * right):
            near = SequenceMatcher(None, old[box.i : box.i_end], new[box.j : box.j_end], autojunk=False)
            yield from ((box.i + i, box.j + j, size) for i, j, size in near.get_matching_blocks() if size)


def _without_equal_ends(old: Sequence[str], new: Sequence[str], box: _Box) -> _Box:
    i, i_end, j, j_end = box.i, box.i_end, box.j, box.j_end
    while i < i_end and j < j_end and old[i] == new[j]:
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
    return _Box(i, i_end, j, j_end)


def _once_in_both(old: Sequence[str], new: Sequence[str], box: _Box) -> list[tuple[int, int]]:
    """Return (old place, new place) of the tokens that come once in each stretch, by their old place."""
    here, there = Counter(old[box.i : box.i_end]), Counter(new[box.j : box.j_end])
    places = {new[j]: j for j in range(box.j, box.j_end) if there[new[j]] == 1}
    return [(i, places[old[i]]) for i in range(box.i, box.i_end) if here[old[i]] == 1 and old[i] in places]


def ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many of the pairs as ascend in both places."""
    ends: list[int] = []  # the lowest new place at which a chain of that length ends
    at: list[int] = []  # and the pair that ends it
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        at[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = at[-1] if at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]

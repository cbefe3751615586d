"""Which passage of an earlier edition each passage of a new one continues."""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

# Likeness is the share of words, and of words side by side, that two passages have in common, rare ones
# counting more. Measured on the essay that comes with the forum: two of its passages at most 0.11; a passage
# and itself with every seventh word replaced 0.56 to 0.9, with every third replaced 0.2 to 0.65.
LEAST_IN_ORDER = 0.3
# Sentences of a few words are alike by their grammar alone.
LEAST_IN_ORDER_SHORT = 0.4
SHORT = 40  # words and pairs, so about twenty words
LEAST_MOVED = 0.5
# A passage much more like another one is not given to this one only because it stands in order.
LESS_THAN_BEST = 0.15

# Comparing all with all is too slow for two thousand passages: each is compared with the few
# that share its rarest words, near the place where it is expected.
RARE_WORDS = 12
MOST_PLACES_PER_WORD = 32
MOST_COMPARED = 16

# Chinese and Japanese put no space between words; there a sign counts as one.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class _Likeness:
    old: int
    new: int
    value: float


def match_passages(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new passage the index of the old one whose key it keeps, or None; none comes twice.

    As many passages as before are the same ones reworded, in order. Otherwise equal texts are matched first,
    then like ones in order, then like ones that moved.
    """
    if len(old) == len(new):
        return list(range(len(old)))
    matches: list[int | None] = [None] * len(new)
    for left, right in _equal(old, new):
        matches[right] = left
    taken = {left for left in matches if left is not None}
    words = _Words(old, new)
    likenesses = _likenesses(
        words,
        [place for place in range(len(old)) if place not in taken],
        [place for place in range(len(new)) if matches[place] is None],
    )
    for likeness in [*_in_order(_mutual(likenesses)), *_moved(likenesses)]:
        if likeness.old not in taken and matches[likeness.new] is None:
            matches[likeness.new] = likeness.old
            taken.add(likeness.old)
    return matches


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pair equal texts: from the start, from the end, then wherever they are.

    Only texts that come more than once could be paired otherwise; those keep their neighbours in this way.
    """
    least = min(len(old), len(new))
    start = next((place for place in range(least) if old[place] != new[place]), least)
    left, right = len(old), len(new)
    while min(left, right) > start and old[left - 1] == new[right - 1]:
        left, right = left - 1, right - 1
        yield left, right
    yield from zip(range(start), range(start), strict=True)
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for place in range(start, left):
        waiting[old[place]].append(place)
    for place in range(start, right):
        if waiting[new[place]]:
            yield waiting[new[place]].popleft(), place


class _Words:
    """The words of the passages, and how much each word tells in the two editions."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old = [_counted(text) for text in old]
        self.new = [_counted(text) for text in new]
        everywhere = Counter(word for words in [*self.old, *self.new] for word in words)
        total = len(old) + len(new)
        self.tells = {word: math.log(1 + total / count) for word, count in everywhere.items()}
        self.old_weights = [self._weight(words) for words in self.old]
        self.new_weights = [self._weight(words) for words in self.new]

    def _weight(self, words: Counter[str]) -> float:
        return sum(self.tells[word] * count for word, count in words.items())

    def likeness(self, old: int, new: int) -> float:
        shared = self.old[old] & self.new[new]
        return 2 * self._weight(shared) / (self.old_weights[old] + self.new_weights[new])


def _counted(text: str) -> Counter[str]:
    """Count the words and the pairs of neighbours, which long texts on one subject do not share."""
    words = WORD.findall(text.casefold())
    return Counter(words) + Counter(f"{first} {second}" for first, second in pairwise(words))


def _likenesses(words: _Words, old: Sequence[int], new: Sequence[int]) -> list[_Likeness]:
    """Compare passages of the new edition with those of the old one that share their rare words."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in old:
        for word in words.old[place]:
            places[word].append(place)
    stretch = len(words.old) / (len(words.new) or 1)
    found: list[_Likeness] = []
    for place in new:
        for candidate in _candidates(words.new[place], places, int(place * stretch)):
            value = words.likeness(candidate, place)
            is_short = min(len(words.old[candidate]), len(words.new[place])) < SHORT
            if value >= (LEAST_IN_ORDER_SHORT if is_short else LEAST_IN_ORDER):
                found.append(_Likeness(candidate, place, value))
    return found


def _candidates(words: Counter[str], places: dict[str, list[int]], expected: int) -> list[int]:
    shared = [word for word in words if word in places]
    rarest = sorted(shared, key=lambda word: (len(places[word]), word))[:RARE_WORDS]
    points = Counter(old for word in rarest for old in _nearest(places[word], expected))
    return sorted(points, key=lambda old: (-points[old], abs(old - expected), old))[:MOST_COMPARED]


def _nearest(places: list[int], expected: int) -> list[int]:
    """Return those of the sorted places that are nearest to the expected one, at most so many."""
    if len(places) <= MOST_PLACES_PER_WORD:
        return places
    middle = bisect_left(places, expected)
    first = min(max(0, middle - MOST_PLACES_PER_WORD // 2), len(places) - MOST_PLACES_PER_WORD)
    return places[first : first + MOST_PLACES_PER_WORD]


def _mutual(likenesses: Sequence[_Likeness]) -> list[_Likeness]:
    """Return those near the best that either of their two passages has."""
    best_old: dict[int, float] = defaultdict(float)
    best_new: dict[int, float] = defaultdict(float)
    for likeness in likenesses:
        best_old[likeness.old] = max(best_old[likeness.old], likeness.value)
        best_new[likeness.new] = max(best_new[likeness.new], likeness.value)
    return [
        likeness
        for likeness in likenesses
        if likeness.value >= max(best_old[likeness.old], best_new[likeness.new]) - LESS_THAN_BEST
    ]


def _in_order(likenesses: Sequence[_Likeness]) -> list[_Likeness]:
    """Return the likenesses of the most value in all whose old and new passages both ascend."""
    # The best chain that ends among the first so many old passages, as a tree of partial maxima.
    size = max((likeness.old for likeness in likenesses), default=0) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * size
    before: list[int] = []
    ordered = sorted(likenesses, key=lambda likeness: (likeness.new, -likeness.old))
    for place, likeness in enumerate(ordered):
        value, previous = _best_below(tree, likeness.old)
        before.append(previous)
        chain = (value + likeness.value - LEAST_IN_ORDER, place)
        at = likeness.old + 1
        while at < size:
            tree[at] = max(tree[at], chain, key=itemgetter(0))
            at += at & -at
    chosen: list[_Likeness] = []
    place = _best_below(tree, size - 1)[1]
    while place >= 0:
        chosen.append(ordered[place])
        place = before[place]
    return chosen


def _best_below(tree: Sequence[tuple[float, int]], end: int) -> tuple[float, int]:
    best = (0.0, -1)
    while end > 0:
        best = max(best, tree[end], key=itemgetter(0))
        end -= end & -end
    return best


def _moved(likenesses: Sequence[_Likeness]) -> list[_Likeness]:
    """Return the likenesses that are strong enough without order, the strongest first."""
    strong = [likeness for likeness in likenesses if likeness.value >= LEAST_MOVED]
    return sorted(strong, key=lambda likeness: (-likeness.value, likeness.new, likeness.old))

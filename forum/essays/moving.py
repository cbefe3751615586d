"""Quoted words carried from one edition of an essay to another.

Both editions are known, so a quotation is carried over by what changed between them, and searched for only where that fails.
Rather none than a wrong place: whoever quoted these words must not be heard to answer others.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate

from forum.core.differences import TOKEN, matching_blocks, tokens
from forum.essays.anchors import AROUND, MOVED, ORPHAN, PLACED, Placing, Quote, Span, hits_of, quoted, shared_start

LEAST_KEPT = 0.6  # of the quoted characters
MOST_STRETCHED = 1.6  # times their length
LONG_ENOUGH = 16  # characters that hardly stand in two places by chance
LEAST_AROUND = 1.2  # of 2: likeness of what stands before, and after
LEAST_AHEAD = 0.3
LIKE = 0.8
LEAST_BESIDE = 0.6
LONG_TO_BE_LIKE = 24
MOST_HITS = 200
MOST_COMPARED = 6
RARE_WORDS = 6
MOST_PLACES_PER_WORD = 12
BETWEEN = "\0"  # stands in no passage


class Move:
    """From one edition to another: compared once, it then places any number of quotations."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Take the passages of both in their order."""
        self.old, self.new = old, new
        self.text = BETWEEN.join(new)
        self.starts = _starts(new)
        self.old_starts = _starts(old)
        self.whole = _same_once(old, new)
        self.blocks = list(_in_characters(BETWEEN.join(old), self.text))
        self.ends = [start + size for start, _to, size in self.blocks]
        self.known: dict[Span, Placing] = {}  # many quote the same words

    def place(self, span: Span) -> Placing:
        """Return where the words of the old edition stand in the new one."""
        if span not in self.known:
            self.known[span] = self._placed(span)
        return self.known[span]

    def _placed(self, span: Span) -> Placing:
        if (same := self.whole.get(span.passage)) is not None:
            return Placing(PLACED, Span(same, span.start, span.end))
        quote = quoted(self.old[span.passage], span.start, span.end)
        kept = self._kept(span)
        if kept and (len(quote.exact) >= LONG_ENOUGH or self._has_neighbours(quote, kept)):
            state = PLACED if self.new[kept.passage][kept.start : kept.end] == quote.exact else MOVED
            return Placing(state, kept)
        found = self._found(quote)
        return Placing(MOVED, found) if found else Placing(ORPHAN)

    def _kept(self, span: Span) -> Span | None:
        """Return where most of the characters went that the comparison holds for the same."""
        start, end = (self.old_starts[span.passage] + at for at in (span.start, span.end))
        images: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number in range(bisect_right(self.ends, start), len(self.blocks)):
            begins, to, size = self.blocks[number]
            if begins >= end:
                break
            low, high = max(start, begins), min(end, begins + size)
            images[self._passage(to + low - begins)].append((to + low - begins, to + high - begins))
        for passage, image in images.items():
            kept, low, high = sum(last - first for first, last in image), image[0][0], image[-1][1]
            if kept >= LEAST_KEPT * (end - start) and high - low <= MOST_STRETCHED * (end - start):
                return self._span(passage, low, high)
        return None

    def _has_neighbours(self, quote: Quote, kept: Span) -> bool:
        """Tell whether a word or two still stand among what they stood among: they alone could be any others."""
        first = self.starts[kept.passage]
        start, end = first + kept.start, first + kept.end
        # Letter by letter first, which is much quicker than likeness and mostly enough.
        touching = self._touching(quote, start, end)
        return touching >= LONG_ENOUGH or max(self._around(quote, start, end)) >= LEAST_BESIDE

    def _passage(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def _span(self, passage: int, low: int, high: int) -> Span:
        return Span(passage, low - self.starts[passage], high - self.starts[passage])

    def _found(self, quote: Quote) -> Span | None:
        hits = []
        for hit in hits_of(self.text, quote.exact):
            hits.append(hit)
            if len(hits) > MOST_HITS:
                return None
        size = len(quote.exact)
        if len(hits) == 1 and size >= LONG_ENOUGH:
            return self._span(self._passage(hits[0]), hits[0], hits[0] + size)
        if hits:
            return self._most_alike_around(quote, hits)
        return self._alike(quote) if size >= LONG_TO_BE_LIKE else None

    def _most_alike_around(self, quote: Quote, hits: Sequence[int]) -> Span | None:
        size = len(quote.exact)
        nearest = sorted(hits, key=lambda hit: self._touching(quote, hit, hit + size), reverse=True)[:MOST_COMPARED]
        scores = sorted(((sum(self._around(quote, hit, hit + size)), hit) for hit in nearest), reverse=True)
        best, hit = scores[0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        if best < LEAST_AROUND or best - second < LEAST_AHEAD:
            return None
        return self._span(self._passage(hit), hit, hit + size)

    def _touching(self, quote: Quote, start: int, end: int) -> int:
        before, after = self._beside(start, end)
        return shared_start(before[::-1], quote.prefix[::-1]) + shared_start(after, quote.suffix)

    def _around(self, quote: Quote, start: int, end: int) -> tuple[float, float]:
        before, after = self._beside(start, end)
        return _likeness(quote.prefix, before), _likeness(quote.suffix, after)

    def _beside(self, start: int, end: int) -> tuple[str, str]:
        """Return what stands before and after within the passage."""
        passage = self._passage(start)
        first = self.starts[passage]
        last = first + len(self.new[passage])
        return self.text[max(first, start - AROUND) : start], self.text[end : min(last, end + AROUND)]

    def _alike(self, quote: Quote) -> Span | None:
        """Return where nearly the same words stand, if that is one place and one of its sides agrees."""
        found: set[tuple[int, int]] = set()
        for start in self._expected(quote.exact):
            nearly = self._aligned(quote.exact, start)
            if nearly and max(self._around(quote, *nearly)) >= LEAST_BESIDE:
                found.add(nearly)
        if not found:
            return None
        low, high = min(found)
        alone = all(start < high for start, _end in found)
        return self._span(self._passage(low), low, high) if alone else None

    def _expected(self, exact: str) -> list[int]:
        """Return where the words would begin that have the rare ones of these at their places."""
        words = [(match[0], match.start()) for match in TOKEN.finditer(exact) if match[0] in self._places]
        rarest = sorted(words, key=lambda word: len(self._places[word[0]]))[:RARE_WORDS]
        votes: Counter[int] = Counter()
        for word, offset in rarest:
            votes.update((place - offset) // AROUND for place in self._places[word][:MOST_PLACES_PER_WORD])
        return [bucket * AROUND for bucket, _votes in votes.most_common(MOST_COMPARED // 2)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Return where each word of the new edition stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for match in TOKEN.finditer(self.text):
            if match[0][0].isalnum():
                places[match[0]].append(match.start())
        return places

    def _aligned(self, exact: str, expected: int) -> tuple[int, int] | None:
        """Return the stretch about the expected place that is like these words, if any is."""
        passage = self._passage(max(0, expected + AROUND))
        first = max(self.starts[passage], expected - AROUND)
        last = min(self.starts[passage] + len(self.new[passage]), expected + len(exact) + 2 * AROUND)
        here, there = tokens(exact), tokens(self.text[first:last])
        offsets = [0, *accumulate(map(len, there))]
        blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()[:-1]
        if not blocks:
            return None
        low, high = first + offsets[blocks[0].b], first + offsets[blocks[-1].b + blocks[-1].size]
        kept = sum(offsets[block.b + block.size] - offsets[block.b] for block in blocks)
        return (low, high) if 2 * kept >= LIKE * (len(exact) + high - low) else None


def _starts(passages: Sequence[str]) -> list[int]:
    return [0, *accumulate(len(text) + len(BETWEEN) for text in passages)][: len(passages)]


def _same_once(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the passages that stand word for word in both editions, once in each, wherever they went."""
    once, once_more = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new) if once_more[text] == 1}
    return {place: places[text] for place, text in enumerate(old) if once[text] == 1 and text in places}


def _in_characters(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Return the stretches that two texts share: place in the old one, in the new one, length."""
    left, right = tokens(old), tokens(new)
    at, to = [0, *accumulate(map(len, left))], [0, *accumulate(map(len, right))]
    for i, j, size in matching_blocks(left, right):
        yield at[i], to[j], at[i + size] - at[i]


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()

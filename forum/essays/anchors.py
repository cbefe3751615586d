"""Words that someone quotes from a passage, and where they stand in it. Where they stand in another edition: see moving.py."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PLACED, MOVED, ORPHAN = "placed", "moved", "orphan"
AROUND = 32  # characters kept of what stands before and after

LONGEST_WORD = 30

# Letters of scripts that put spaces between words: elsewhere a selection may begin at any.
_LETTER = r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0003ffff]"
BEGUN = re.compile(f"{_LETTER}+\\Z")
BROKEN = re.compile(f"{_LETTER}+")

_SPACE = " "
_FOLDED = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\xab\xbb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"), ""),
    0x2026: "...",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """What a reader selected, with up to AROUND characters of what stands before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an edition: the index of their passage, and where they begin and end in it, in code points."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placing:
    """PLACED: the same words; MOVED: the text changed there; ORPHAN: they are gone, and `span` is None."""

    state: str
    span: Span | None = None


def quoted(text: str, start: int, end: int) -> Quote:
    """Return the words of a passage from `start` to `end`, with what stands around them."""
    return Quote(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def locate(text: str, quote: Quote) -> tuple[int, int] | None:
    """Return where a reader's selection stands in a passage, in code points; None where that is in doubt.

    What a browser gives may differ from the text in its spaces, quotation marks, dashes and invisible characters, and begin or
    end inside a word.
    """
    folded, places = _folded(text)
    exact = _fold(quote.exact).strip()
    hits = list(hits_of(folded, exact)) if exact else []
    if not hits:
        return None
    if len(hits) > 1:
        before, after = _fold(quote.prefix).lstrip(), _fold(quote.suffix).rstrip()
        ends = (hit + len(exact) for hit in hits)
        shared = (
            shared_start(folded[:hit].rstrip()[::-1], before.rstrip()[::-1])
            + shared_start(folded[end:].lstrip(), after.lstrip())
            for hit, end in zip(hits, ends, strict=True)
        )
        best, second = sorted(zip(shared, hits, strict=True), reverse=True)[:2]
        if best[0] == second[0]:
            return None
        hits = [best[1]]
    return _whole_words(text, places[hits[0]], places[hits[0] + len(exact) - 1] + 1)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the rest of a word that a selection begins or ends inside of."""
    before = BEGUN.search(text, max(0, start - LONGEST_WORD), start)
    after = BROKEN.match(text, end, end + LONGEST_WORD)
    inside = BROKEN.match(text, start), BROKEN.match(text, end - 1)
    return (before.start() if before and inside[0] else start), (after.end() if after and inside[1] else end)


def _fold(text: str) -> str:
    return _folded(unicodedata.normalize("NFC", text))[0]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in the shape in which selections are compared, and for each character its place in the text."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        shape = _SPACE if character.isspace() else _FOLDED.get(ord(character), character)
        if shape == _SPACE and kept and kept[-1] == _SPACE:
            continue
        kept += shape
        places += [place] * len(shape)
    return "".join(kept), places


def hits_of(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def shared_start(one: str, other: str) -> int:
    """Return how many first characters two texts share."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))

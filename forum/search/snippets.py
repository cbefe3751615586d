"""The part of a text that answers a question, with its words marked."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from forum.search.folding import places
from forum.search.parsing import Term

WIDTH = 260
BEFORE = 60  # characters shown before the first marked word
LOOKED_AT = 6_000  # characters of a text
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Span(NamedTuple):
    """Where a term stands in a text; `term` counts them from 1."""

    start: int
    end: int
    term: int


def snippet(text: str, terms: Sequence[Term], width: int = WIDTH) -> Markup:
    """Return some `width` characters of a plain text on one line, where most of the terms stand; safe HTML."""
    text = text[:LOOKED_AT]
    spans = _spans(text, terms)
    start, end = _window(text, spans, width)
    shown = _marked(text, [span for span in spans if start <= span.start and span.end <= end], start, end)
    return Markup("%s%s%s") % (ELLIPSIS if start else "", shown, ELLIPSIS if end < len(text) else "")


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """Return a whole text with the terms marked; safe HTML."""
    return _marked(text, _spans(text, terms), 0, len(text))


def _spans(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where the terms stand, in their order, none within another."""
    if not terms:
        return []
    line, origin = places(text)
    found: list[Span] = []
    for match in re.finditer("|".join(map(_pattern, terms)), line):
        start, last = origin[match.start()], origin[match.end() - 1]
        if not found or start >= found[-1].end:
            found.append(Span(start, last + 1, match.lastindex or 0))
    return found


def _pattern(term: Term) -> str:
    return rf"(?<!\S)({' +'.join(map(re.escape, term.words))}" + (r"\S*)" if term.prefix else r")(?!\S)")


def _window(text: str, spans: Sequence[Span], width: int) -> tuple[int, int]:
    """Return the stretch that holds most of the terms, from a word's beginning to a word's end where there are any."""
    if len(text) <= width:
        return 0, len(text)
    best, most = 0, (0, 0)
    for number, first in enumerate(spans):
        held = [span.term for span in spans[number : number + 20] if span.end <= first.start - BEFORE + width]
        if (len(set(held)), len(held)) > most:
            best, most = max(0, first.start - BEFORE), (len(set(held)), len(held))
    start = (text.find(" ", best, best + BEFORE // 2) + 1 if best else 0) or best
    end = min(len(text), start + width)
    return start, end if end == len(text) else max(text.rfind(" ", start + width // 2, end + 1), 0) or end


def _marked(text: str, spans: Sequence[Span], start: int, end: int) -> Markup:
    pieces, at = Markup(), start
    for span in spans:
        pieces += escape(text[at : span.start]) + Markup("<mark>%s</mark>") % text[span.start : span.end]
        at = span.end
    return pieces + escape(text[at:end])

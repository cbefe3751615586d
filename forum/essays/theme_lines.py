"""Themes typed as lines, `Name | question | 1-9, 12`: how an admin gives them to an essay that brings none."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol
from zlib import crc32

from forum.core.marks import N_
from forum.core.slugs import slug
from forum.essays.importing import ThemeText, Unreadable

PARTS = 3
LONGEST_KEY = 40


class Named(Protocol):
    """A theme as a text or as the forum has it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


def read_themes(lines: str, passages: int, known: Iterable[Named] = ()) -> tuple[ThemeText, ...]:
    """Return the themes in `lines`, for an essay of so many passages. Raises Unreadable, naming the line.

    A theme called like one of the `known` is that theme and keeps its key, whatever language the name is in.
    """
    keys = {theme.name.casefold(): theme.key for theme in known}
    found: dict[str, ThemeText] = {}
    for number, line in _numbered(lines):
        theme = _theme(line, number, passages, keys)
        if theme.key in found:
            raise Unreadable(N_("Line %(line)s: two themes have the same name."), line=number)
        found[theme.key] = theme
    return tuple(found.values())


def write_themes(themes: tuple[ThemeText, ...]) -> str:
    return "\n".join(f"{t.name} | {t.question} | {', '.join(map(str, t.passages))}" for t in themes)


def _numbered(lines: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(lines.splitlines(), 1) if line.strip()]


def _theme(line: str, number: int, passages: int, keys: Mapping[str, str]) -> ThemeText:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != PARTS or not all(parts):
        raise Unreadable(N_("Line %(line)s: please write name | question | passages, such as 1-9, 12."), line=number)
    numbers = tuple(dict.fromkeys(n for span in parts[2].split(",") for n in _span(span.strip(), number, passages)))
    name = parts[0][:80]
    key = keys.get(name.casefold()) or _key(name)
    return ThemeText(key=key, name=name, question=parts[1][:300], passages=numbers)


def _key(name: str) -> str:
    """Return a new theme's key: the words of its name, or a number made of them where none fits an address."""
    words = slug(name)[:LONGEST_KEY].rstrip("-")
    return words if words != slug("") else f"theme-{crc32(name.casefold().encode()):08x}"


def _span(span: str, number: int, passages: int) -> range:
    match = re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", span)  # noqa: RUF001 (a dash as people type it)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= passages:
        raise Unreadable(
            N_("Line %(line)s: “%(span)s” is no passage of this essay, which has %(passages)s."),
            line=number,
            span=span[:40],
            passages=passages,
        )
    return range(first, last + 1)

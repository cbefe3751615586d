"""Themes typed as lines, `Name | question | 1-9, 12`: how an admin gives them to an essay that brings none."""

import re

from forum.core.marks import N_
from forum.core.slugs import slug
from forum.essays.importing import ThemeText, Unreadable

PARTS = 3


def read_themes(lines: str, passages: int) -> tuple[ThemeText, ...]:
    """Return the themes in `lines`, for an essay of so many passages. Raises Unreadable, naming the line."""
    found = [_theme(line, number, passages) for number, line in _numbered(lines)]
    keys = [theme.key for theme in found]
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            raise Unreadable(N_("Line %(line)s: two themes have the same name."), line=number)
    return tuple(found)


def write_themes(themes: tuple[ThemeText, ...]) -> str:
    return "\n".join(f"{t.name} | {t.question} | {', '.join(map(str, t.passages))}" for t in themes)


def _numbered(lines: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(lines.splitlines(), 1) if line.strip()]


def _theme(line: str, number: int, passages: int) -> ThemeText:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != PARTS or not all(parts):
        raise Unreadable(N_("Line %(line)s: please write name | question | passages, such as 1-9, 12."), line=number)
    numbers = tuple(dict.fromkeys(n for span in parts[2].split(",") for n in _span(span.strip(), number, passages)))
    return ThemeText(key=slug(parts[0])[:40], name=parts[0][:80], question=parts[1][:300], passages=numbers)


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

"""Reads the lines between a title and its text: who wrote it, when, and how long it takes to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forum.essays.page_words import (
    AROUND_MONTHS,
    BY,
    HEAD_BUTTONS,
    MONTHS,
    NUMERIC_DATE,
    PARTICLES,
    PUBLISHED,
    READING_TIME,
    RELATIVE_DATE,
    UPDATED,
)

LONGEST = 150  # characters; a longer line is never part of a byline
LONGEST_NAME = 60
MOST_WORDS_IN_NAME = 6

WORD = re.compile(r"[^\W\d_]+|\d+")
BULLET = re.compile(r"\A[-\u2013\u2014•·∙*]\s+")
SEPARATOR = re.compile(r" ?[·•∙⋅|] ?| [-\u2013\u2014] ")
BEFORE_DATE = re.compile(r", | (?:on|il|le|am|el) ")
Fact = tuple[str, str]  # "author", "published", "updated", "reading" or "button", and what was written


@dataclass(slots=True)
class Byline:
    author: str = ""
    published: str = ""
    updated: str = ""
    is_certain: bool = False  # a date, a reading time or a "By" was read: more than what might be a name
    length: int = 0  # lines read


def read_byline(lines: Sequence[str]) -> Byline:
    """Read from the first line until a line is no part of a byline."""
    byline = Byline()
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        facts = facts_in(line) or _name_between(line, following, byline)
        if not facts or not _agrees(facts, byline):
            break
        _take(facts, byline)
        byline.length += 1
    return byline


def _take(facts: list[Fact], byline: Byline) -> None:
    for name, value in facts:
        if name in {"author", "published", "updated"}:
            setattr(byline, name, value)
        byline.is_certain = byline.is_certain or name in {"published", "updated", "reading"}


def _agrees(facts: list[Fact], byline: Byline) -> bool:
    """Tell whether the facts are new: a second date or name below a byline is the text's own."""
    known = {"author": byline.author, "published": byline.published, "updated": byline.updated}
    if any(known.get(name) for name, _ in facts):
        return False
    return byline.length > 0 or any(name != "button" for name, _ in facts)


def facts_in(line: str) -> list[Fact]:
    """Return what a line says when every part of it belongs to a byline, otherwise nothing."""
    if len(line) > LONGEST:
        return []
    facts: list[Fact] = []
    parts = [part for part in SEPARATOR.split(BULLET.sub("", line, count=1)) if part]
    for part in parts:
        read = _part(part)
        if not read and len(parts) > 1 and is_name(part):
            read = [("author", part)]
        if not read:
            return []
        facts += read
    named = [name for name, _ in facts]
    return facts if len(set(named)) == len(named) else []


def _part(part: str) -> list[Fact]:
    for name, label in (("updated", UPDATED), ("published", PUBLISHED)):
        match = label.match(part)
        if match and is_date(part[match.end() :]):
            return [(name, part[match.end() :])]
    if is_date(part):
        return [("published", part)]
    if is_reading_time(part):
        return [("reading", part)]
    if part.casefold() in HEAD_BUTTONS:
        return [("button", part)]
    return _by(part)


def _by(part: str) -> list[Fact]:
    label = BY.match(part)
    if label is None:
        return []
    rest = part[label.end() :]
    if _are_names(rest):
        return [("author", rest)]
    for before_date in BEFORE_DATE.finditer(rest):
        name, date = rest[: before_date.start()], rest[before_date.end() :]
        if _are_names(name) and is_date(date):
            return [("author", name), ("published", date)]
    return []


def author_of(text: str) -> str:
    """Return the name in "By Name", "- Name" or "Name"."""
    bare = BULLET.sub("", text, count=1)
    facts = _by(bare)
    return facts[0][1] if facts else bare


def _name_between(line: str, following: str, byline: Byline) -> list[Fact]:
    """Read a bare name, which only its neighbours can tell from a short first paragraph."""
    bare = BULLET.sub("", line, count=1)
    is_listed = bare != line
    may_be_name = is_name(bare) or (is_listed and len(bare) <= 60 and bare[-1:] not in ".!?:;…")  # noqa: PLR2004
    stands_alone = is_listed and is_name(bare) and BULLET.match(following) is None
    above_certain = any(name != "button" for name, _ in facts_in(following))
    # Below a date, what looks like a name may be the text's first heading, unless the byline is a list.
    beside_certain = above_certain or (byline.is_certain and is_listed)
    return [("author", bare)] if may_be_name and (beside_certain or stands_alone) else []


def is_date(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    if NUMERIC_DATE.fullmatch(text) or RELATIVE_DATE.fullmatch(text):
        return True
    words = WORD.findall(text.casefold())
    months = sum(word in MONTHS for word in words)
    numbers = sum(word.isdigit() for word in words)
    known = all(word in MONTHS or word in AROUND_MONTHS or word.isdigit() for word in words)
    return known and 1 <= months <= 2 and 1 <= numbers <= 5  # noqa: PLR2004 (day, year, hours, minutes, seconds)


def is_reading_time(text: str) -> bool:
    return READING_TIME.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Tell whether the text could be somebody's name: few words, no small initials, no end of a sentence."""
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60:  # noqa: PLR2004 (longer than names are)
        return False
    return all(_is_name_word(word) for word in words) and words[-1].casefold() not in PARTICLES


def _are_names(text: str) -> bool:
    return len(text) <= LONGEST and all(is_name(name) for name in text.split(", "))


def _is_name_word(word: str) -> bool:
    if word.casefold() in PARTICLES:
        return True
    is_initial = word.endswith(".") and len(word) <= 3  # noqa: PLR2004 (J., Dr.)
    letters = word.lstrip("@").rstrip("." if is_initial else "")
    return letters[:1].isalpha() and not letters[0].islower() and all(c.isalpha() or c in "'\u2019.-" for c in letters)

"""Finds where a copied text ends and the rest of its page begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forum.essays.bylines import Byline, author_of, facts_in, read_byline
from forum.essays.page_words import COUNT, FOOT_BUTTONS, FOOT_SAYINGS, LISTS, WRITTEN_BY

LONGEST = 200  # characters; whatever is longer is a paragraph
LONGEST_TITLE = 100
LONGEST_TEASER = 300
MOST_TITLES_IN_A_ROW = 3

SEPARATOR = re.compile(r" ?[·•∙|] ?")
AROUND = " :*•·∙|-\u2013\u2014\u203a»→>←\u2039«<+"
ENDS_OF_SENTENCES = (".", "!", "?", ";", ":", ",")


@dataclass(frozen=True, slots=True)
class Framed:
    byline: Byline
    kept: list[int]  # places of the lines that are text, in order
    left_out: list[int]


def framed(lines: Sequence[str], title: str) -> Framed:
    """Tell the text from what frames it; `lines` are those below the title, cleaned, none empty."""
    first = next((place for place, line in enumerate(lines) if line != title), len(lines))
    byline = read_byline(lines[first:])
    standfirst: list[int] = []
    if not byline.length and read_byline(lines[first + 1 :]).is_certain:
        # One line of text may stand between the title and a byline that cannot be mistaken.
        byline = read_byline(lines[first + 1 :])
        standfirst = [first]
    begin = first + len(standfirst) + byline.length
    end = begin + text_end(lines[begin:], title=title, author=byline.author)
    byline.author = byline.author or _written_by(lines[end:])
    left_out = [*range(first), *range(first + len(standfirst), begin), *range(end, len(lines))]
    return Framed(byline, [*standfirst, *range(begin, end)], left_out)


def text_end(lines: Sequence[str], *, title: str, author: str) -> int:
    """Return how many of the lines are text.

    Read from the end, a line is taken away when it is one of the page's own sayings. A number goes with
    such a line below it (but the title); numbers, dates and the author's name go with one above them; up
    to three titles of other posts in a row go with a "Recent Posts" above them. Any other line ends the
    search.
    """
    end = len(lines)
    titles = 0
    may_take = True  # False while titles wait for a list above them
    for place in range(len(lines) - 1, -1, -1):
        kind = _kind(lines[place], title, author)
        titles = titles + 1 if kind == "title" else 0
        if kind == "text" or titles > MOST_TITLES_IN_A_ROW:
            break
        is_counter = kind == "count" and end == place + 1 < len(lines) and lines[end] != title
        if kind == "list" or (kind == "saying" and may_take) or is_counter:
            end, may_take = place, True
        elif kind in {"title", "saying"}:
            may_take = False
    return end


def _kind(line: str, title: str, author: str) -> str:
    if is_debris(line, title):
        return "list" if _bare(line) in LISTS else "saying"
    if COUNT.fullmatch(line):
        return "count"
    if facts_in(line) or (author and line == author):
        return "signature"
    return "title" if _may_be_title(line) else "text"


def is_debris(line: str, title: str) -> bool:
    if len(line) > LONGEST:
        return False
    bare = _bare(line)
    if bare in FOOT_BUTTONS or (title and bare == _bare(title)) or WRITTEN_BY.fullmatch(line):
        return True
    parts = [part for part in SEPARATOR.split(line.strip(AROUND)) if part]
    return bool(parts) and all(FOOT_SAYINGS.fullmatch(part) or _bare(part) in FOOT_BUTTONS for part in parts)


def _written_by(lines: Sequence[str]) -> str:
    return next((author_of(line) for line in lines if WRITTEN_BY.fullmatch(line)), "")


def _bare(line: str) -> str:
    return line.replace("...", "…").strip(AROUND).rstrip("…").strip().replace("\u2019", "'").casefold()


def _may_be_title(line: str) -> bool:
    if line.endswith(("...", "…")):
        return len(line) <= LONGEST_TEASER
    first = next((character for character in line if character.isalnum()), "")
    is_sentence = line.endswith(ENDS_OF_SENTENCES)
    return len(line) <= LONGEST_TITLE and first != "" and not first.islower() and not is_sentence

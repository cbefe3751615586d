"""A text as it comes from copying a post: title, byline, paragraphs, the rest of the page."""

from collections.abc import Sequence
from itertools import pairwise

from forum.core.marks import N_
from forum.core.text import one_line
from forum.essays.bylines import read_byline
from forum.essays.essay_text import MOST_TITLE_CHARACTERS, EssayText, Unreadable
from forum.essays.page_debris import framed
from forum.essays.page_words import MENU

LONGEST_WRAPPED_LINE = 160
SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "”", "»", '"', "\u2019", ")")
# In a wrapped text lines end with a sentence by chance only; these two tell chance from habit.
FEWEST_BREAKS = 4
SENTENCES_BY_HABIT = 0.9


def read_plain(text: str) -> EssayText:
    lines = [one_line(line) for line in text.split("\n")]
    spoken = [place for place, line in enumerate(lines) if line]
    above = _title_place(lines, spoken)
    menu, below = spoken[:above], spoken[above + 1 :]
    title = _title(lines[spoken[above]]) if spoken else ""
    frame = framed([lines[place] for place in below], title)
    kept = [below[place] for place in frame.kept]
    left_out = [below[place] for place in frame.left_out]
    tail = _wrapped_tail(lines, kept, left_out)
    byline = frame.byline
    return EssayText(
        title=title,
        author=byline.author,
        published=byline.published,
        updated=byline.updated,
        passages=tuple(_paragraphs(lines, kept + tail)),
        left_out=tuple(lines[place] for place in menu + left_out if place not in tail),
    )


def _title(line: str) -> str:
    marks = len(line) - len(line.lstrip("#"))
    title = line[marks:].strip() if line[marks : marks + 1] == " " else line
    if len(title) > MOST_TITLE_CHARACTERS:
        raise Unreadable(
            N_("The first line should be the title, but it is longer than %(most)s characters."),
            most=MOST_TITLE_CHARACTERS,
        )
    return title


def _title_place(lines: Sequence[str], spoken: Sequence[int]) -> int:
    """Return how many lines of the page's menu stand above the title; the last may be the title itself."""
    for above, (place, following) in enumerate(pairwise(spoken)):
        if lines[place].casefold() not in MENU or read_byline([lines[following]]).length:
            return above
    return max(len(spoken) - 1, 0)


def _paragraphs(lines: Sequence[str], places: Sequence[int]) -> list[str]:
    blocks = _blocks(lines, places)
    if _is_wrapped(lines, places):
        return [one_line(" ".join(block)) for block in blocks]
    return [line for block in blocks for line in block]


def _blocks(lines: Sequence[str], places: Sequence[int]) -> list[list[str]]:
    """Group the lines that stand directly below one another."""
    blocks: list[list[str]] = []
    for number, place in enumerate(places):
        if number and place == places[number - 1] + 1:
            blocks[-1].append(lines[place])
        else:
            blocks.append([lines[place]])
    return blocks


def _is_wrapped(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Tell paragraphs of several lines between empty lines from paragraphs of one line each."""
    has_empty_lines = any(
        after > before + 1 and not any(lines[before + 1 : after]) for before, after in pairwise(places)
    )
    broken = [line for block in _blocks(lines, places) for line in block[:-1]]
    if not broken or not has_empty_lines or max(map(len, broken)) > LONGEST_WRAPPED_LINE:
        return False
    sentences = sum(line.endswith(SENTENCE_ENDS) for line in broken)
    return len(broken) < FEWEST_BREAKS or sentences < len(broken) * SENTENCES_BY_HABIT


def _wrapped_tail(lines: Sequence[str], kept: Sequence[int], left_out: Sequence[int]) -> list[int]:
    """Return lines to keep after all: a wrapped paragraph may end like a button ("... and so we / share")."""
    place = kept[-1] + 1 if kept else 0
    dropped = set(left_out)
    goes_on = place in dropped and lines[place][0].islower() and not lines[kept[-1]].endswith(SENTENCE_ENDS)
    if not goes_on or not _is_wrapped(lines, kept):
        return []
    tail: list[int] = []
    while place in dropped:
        tail.append(place)
        place += 1
    return tail

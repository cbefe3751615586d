"""What reading an essay gives, and how large each part of it may be."""

from dataclasses import dataclass, replace

from forum.core.marks import N_

MOST_PASSAGES = 2_000
MOST_PASSAGE_CHARACTERS = 20_000
MOST_TITLE_CHARACTERS = 200
MOST_AUTHOR_CHARACTERS = 100
MOST_DATE_CHARACTERS = 60
MOST_NOTE_CHARACTERS = 500
MOST_LEFT_OUT = 200
MOST_LEFT_OUT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class ThemeText:
    key: str
    name: str
    question: str
    passages: tuple[int, ...]  # counted from 1, in the order in which they were written


@dataclass(frozen=True, slots=True)
class EssayText:
    title: str
    author: str = ""
    published: str = ""  # as written ("Jun 11"), never parsed
    updated: str = ""  # the same
    language: str = ""  # a code such as "en"
    note: str = ""
    themes: tuple[ThemeText, ...] = ()
    passages: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # lines recognised as no part of the text


class Unreadable(ValueError):  # noqa: N818 (it says what the text is)
    """`sentence` is marked, not translated; its %(name)s places are filled from `values`."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


def checked(essay: EssayText) -> EssayText:
    """Return the essay with `left_out` cut to a size that can be shown; Unreadable when it is none."""
    if not essay.title:
        raise Unreadable(N_("No title was found. Put the title of the essay on the first line."))
    if not essay.passages:
        raise Unreadable(N_("No text was found below the title, so there is nothing to import."))
    if len(essay.title) > MOST_TITLE_CHARACTERS:
        raise Unreadable(
            N_("The title is longer than %(most)s characters. Put it on a line of its own before the text."),
            most=MOST_TITLE_CHARACTERS,
        )
    _check_small_fields(essay)
    _check_passages(essay.passages)
    shown = tuple(_shortened(line) for line in essay.left_out[:MOST_LEFT_OUT])
    return replace(essay, left_out=shown)


def _check_small_fields(essay: EssayText) -> None:
    if len(essay.author) > MOST_AUTHOR_CHARACTERS:
        raise Unreadable(N_("The name of the author is longer than %(most)s characters."), most=MOST_AUTHOR_CHARACTERS)
    if max(len(essay.published), len(essay.updated)) > MOST_DATE_CHARACTERS:
        raise Unreadable(N_("A date is longer than %(most)s characters."), most=MOST_DATE_CHARACTERS)
    if len(essay.note) > MOST_NOTE_CHARACTERS:
        raise Unreadable(N_("The note on the edition is longer than %(most)s characters."), most=MOST_NOTE_CHARACTERS)


def _check_passages(passages: tuple[str, ...]) -> None:
    if len(passages) > MOST_PASSAGES:
        raise Unreadable(
            N_("The text has %(count)s paragraphs; an essay can have at most %(most)s."),
            count=len(passages),
            most=MOST_PASSAGES,
        )
    for number, passage in enumerate(passages, start=1):
        if len(passage) > MOST_PASSAGE_CHARACTERS:
            raise Unreadable(
                N_("Paragraph %(number)s is longer than %(most)s characters. Divide it with an empty line."),
                number=number,
                most=MOST_PASSAGE_CHARACTERS,
            )


def _shortened(line: str) -> str:
    if len(line) <= MOST_LEFT_OUT_CHARACTERS:
        return line
    return line[: MOST_LEFT_OUT_CHARACTERS - 1] + "…"

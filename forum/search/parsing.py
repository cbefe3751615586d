"""What someone asks for, taken apart. Nothing is an error: what is no operator is a word."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from forum.search.folding import words

LONGEST: Final = 200  # characters of a question
MOST_TERMS: Final = 12
SHORTEST_PREFIX: Final = 3
FIRST_YEAR, LAST_YEAR = 1970, 2200

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("\u2018\u2019\u02bc", "'"))
_PIECE: Final = re.compile(r'-?"[^"]*"?|[^\s"]+')
_THREAD: Final = re.compile(r"(?:\S*/threads/)?([0-9]{1,9})(?:-[\w-]*)?", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
# What Italian leaves out a vowel of before a word that begins with one: who looks for "l'ascolto" means "ascolto".
_ELIDED: Final = frozenset(
    ["l", "un", "gl", "d", "dell", "all", "dall", "nell", "sull", "coll", "c", "m", "t", "s", "v", "n", "quell", "quest", "bell",
     "sant", "anch", "cos", "dov", "com", "nessun", "ciascun", "tutt"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A word; or words that stand beside each other; or with `prefix` how the last of them begins."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`after` is the first day, `before` the day after the last one; `thread` a number, `author` and `theme` as they were typed.

    `cut` tells that there were more terms than are looked for.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    author: str = ""
    theme: str = ""
    thread: int | None = None
    after: date | None = None
    before: date | None = None
    unanswered: bool = False
    cut: bool = False

    @property
    def empty(self) -> bool:
        return self == Question(cut=self.cut)


@dataclass(slots=True)
class _Terms:
    wanted: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    cut: bool = False

    def add(self, term: Term | None, *, negative: bool) -> None:
        kept = self.without if negative else self.wanted
        if term is None or term in kept:
            return
        if len(self.wanted) + len(self.without) >= MOST_TERMS:
            self.cut = True
        else:
            kept.append(term)


def parse(text: str) -> Question:
    question, terms = Question(), _Terms()
    for piece in _PIECE.findall(text.translate(_QUOTES)):
        if known := _operator(piece):
            question = replace(question, **known)
        else:
            terms.add(_term(piece.lstrip("-")), negative=piece.startswith("-"))
    return replace(question, terms=tuple(terms.wanted), without=tuple(terms.without), cut=terms.cut)


def _term(piece: str) -> Term | None:
    found = words(piece)
    if not found:
        return None
    if piece.startswith('"'):
        return Term(tuple(found))
    if "'" in piece and len(found) == 2 and found[0] in _ELIDED:  # noqa: PLR2004 (the article and the word)
        found = found[1:]
    return Term(tuple(found), prefix=piece.endswith("*") and len(found[-1]) >= SHORTEST_PREFIX)


def _operator(piece: str) -> dict[str, Any]:
    """Return what an operator sets; {} for a piece that is none, or whose value says nothing."""
    name, _colon, value = piece.partition(":")
    read = _OPERATORS.get(name.casefold())
    return read(value) if read and value else {}


def _author(value: str) -> dict[str, Any]:
    name = value.removeprefix("@")
    return {"author": name} if name else {}


def _theme(value: str) -> dict[str, Any]:
    return {"theme": value.casefold()}


def _thread(value: str) -> dict[str, Any]:
    found = _THREAD.fullmatch(value)
    return {"thread": int(found[1])} if found else {}


def _day(value: str) -> date | None:
    found = _DATE.fullmatch(value)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _after(value: str) -> dict[str, Any]:
    day = _day(value)
    return {"after": day} if day else {}


def _before(value: str) -> dict[str, Any]:
    day = _day(value)
    return {"before": day} if day else {}


def _is(value: str) -> dict[str, Any]:
    return {"unanswered": True} if value.casefold() in {"unanswered", "senza-risposta"} else {}


# In both languages, whichever the reader's: an address that is passed on means the same to everyone.
_OPERATORS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "author": _author,
    "autore": _author,
    "autrice": _author,
    "theme": _theme,
    "tema": _theme,
    "in": _thread,
    "after": _after,
    "dopo": _after,
    "before": _before,
    "prima": _before,
    "is": _is,
    "è": _is,
}

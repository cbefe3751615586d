"""Words as search compares them: without capitals and accents, parted at every sign that is no letter or digit.

Each character is folded by itself, so a text, a question and a marked excerpt agree, and both databases keep the same words.
"""

import unicodedata
from typing import Final

LONGEST_WORD: Final = 64
MOST_WORDS: Final = 15_000  # PostgreSQL counts the places of words up to 16,383
# Letters of our neighbours that are no letter with an accent; and an apostrophe that Unicode takes for a letter.
_ALIKE: Final = {"\u02bc": " ", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "\u0131": "i"}


class _Folds(dict[int, str]):
    """What becomes of a character, found out when it first comes."""

    def __missing__(self, code: int) -> str:
        bare = _bare(_bare(chr(code)).casefold())
        self[code] = folded = "".join(_ALIKE.get(c, c if c.isalnum() else " ") for c in bare)
        return folded


def _bare(text: str) -> str:
    """Return text without accents and without what has no width."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Me", "Cf"})


FOLDS: Final = _Folds()


def folded(text: str) -> str:
    """Return a text of folded words and spaces, one of these for every sign."""
    return text.translate(FOLDS)


def words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in folded(text).split()[:MOST_WORDS]]


def places(text: str) -> tuple[str, list[int] | range]:
    """Return the folded text, and for each of its characters which one of `text` it comes from."""
    if all(len(FOLDS[ord(c)]) == 1 for c in set(text)):
        return folded(text), range(len(text))
    return folded(text), [at for at, c in enumerate(text) for _folded in FOLDS[ord(c)]]

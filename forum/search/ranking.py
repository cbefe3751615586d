"""In which order what was found is shown: reckoned here, so that it is the same on both databases and its cost has a bound."""

from collections.abc import Iterable, Sequence

from forum.search.parsing import Term

USUAL_LENGTH = 90 * 6  # characters of a reply
SATIATION = 1.2  # a word that comes ten times is not ten times as near
TITLE = 4.0  # a word of a title counts as often
TOGETHER = 1.0  # for the words standing beside each other as they were typed

type_of_found = tuple[int, str, str]


def ranked(found: Iterable[type_of_found], terms: Sequence[Term]) -> list[int]:
    """Return the keys of (key, title, words), the nearest first, the newer of two that are as near before the other."""
    needles = [_needle(term) for term in terms]
    typed = f" {' '.join(word for term in terms for word in term.words)} " if len(terms) > 1 else ""
    scored = [(_score(title, words, needles, typed), key) for key, title, words in found]
    return [key for _score_, key in sorted(scored, reverse=True)]


def _needle(term: Term) -> str:
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}"


def _score(title: str, words: str, needles: Sequence[str], typed: str) -> float:
    """Return how near a text is, after BM25 without its counting of the whole forum: each text has all the words anyway."""
    title, words = f" {title} ", f" {words} "
    length = 0.5 + 0.5 * len(words) / USUAL_LENGTH
    score = 0.0
    for needle in needles:
        times = words.count(needle) / length + TITLE * title.count(needle)
        score += times / (times + SATIATION)
    return score + (TOGETHER if typed and (typed in words or typed in title) else 0.0)

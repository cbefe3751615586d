"""What the two indexes are asked, each in a language of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Select

from forum.search.parsing import Term
from forum.search.scopes import EVERYTHING, IN_TITLE


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms that all have to match, and none of `without`; one of each list of `scopes`; keys from `low` on and below `high`."""

    terms: Sequence[Term]
    without: Sequence[Term]
    scopes: Sequence[Sequence[str]]
    low: int
    high: int

    def in_title(self) -> "Wanted":
        """Return the same, for words that stand in a title."""
        terms = [Term(tuple(IN_TITLE + word for word in term.words), term.prefix) for term in self.terms]
        return Wanted(terms, self.without, self.scopes, self.low, self.high)


class Language(Protocol):
    """How an index wants to be asked."""

    AND: str
    OR: str
    NOT: str

    @staticmethod
    def term(term: Term) -> str: ...


Newest = Callable[[Wanted, int], Select[*tuple[Any, ...]]]


def expression(wanted: Wanted, to: type[Language]) -> str:
    """Return the question as one expression; what has no words asks for everything, without some words perhaps."""
    scopes = wanted.scopes if wanted.terms or wanted.scopes else [[EVERYTHING]]
    parts = [to.term(term) for term in wanted.terms]
    parts += [f"({to.OR.join(to.term(Term((scope,))) for scope in among)})" for among in scopes]
    positive = f"({to.AND.join(parts)})"
    negative = to.OR.join(to.term(term) for term in wanted.without)
    return f"{positive}{to.NOT}({negative})" if negative else positive

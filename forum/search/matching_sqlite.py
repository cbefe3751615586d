"""SQLite's index of words, FTS5. Its table follows `findables` by triggers (see the migration)."""

from typing import Any

from sqlalchemy import Select, column, select, table

from forum.search.matching import Wanted, expression
from forum.search.parsing import Term

_MATCHING = table("matching", column("matching"), column("rowid"))


class _Fts5:
    AND, OR, NOT = " AND ", " OR ", " NOT "

    @staticmethod
    def term(term: Term) -> str:
        return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def newest(wanted: Wanted, most: int) -> Select[*tuple[Any, ...]]:
    """Return the highest keys of what matches, at most so many."""
    return (
        select(_MATCHING.c.rowid.label("id"))
        .where(
            _MATCHING.c.matching.op("MATCH")(expression(wanted, _Fts5)),
            _MATCHING.c.rowid >= wanted.low,
            _MATCHING.c.rowid < wanted.high,
        )
        .order_by(_MATCHING.c.rowid.desc())
        .limit(most)
    )

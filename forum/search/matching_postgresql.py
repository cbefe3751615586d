"""PostgreSQL's index of words, GIN. The column `matching` follows its row by itself (see the migration)."""

from typing import Any

from sqlalchemy import BigInteger, Select, cast, column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from forum.search.matching import Wanted, expression
from forum.search.parsing import Term

_FINDABLES = table("findables", column("id", BigInteger), column("matching"))


class _TsQuery:
    AND, OR, NOT = " & ", " | ", " & !"

    @staticmethod
    def term(term: Term) -> str:
        quoted = [f"'{word}'" for word in term.words]
        return f"({' <-> '.join(quoted)}{':*' if term.prefix else ''})"


def newest(wanted: Wanted, most: int) -> Select[*tuple[Any, ...]]:
    """Return the highest keys of what matches, at most so many."""
    return (
        select(_FINDABLES.c.id)
        .where(
            _FINDABLES.c.matching.op("@@")(cast(expression(wanted, _TsQuery), TSQUERY)),
            _FINDABLES.c.id >= wanted.low,
            _FINDABLES.c.id < wanted.high,
        )
        .order_by(_FINDABLES.c.id.desc())
        .limit(most)
    )

"""A page of a long list, by key rather than by counting: page 2,000 costs what page 1 costs, and nothing is skipped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple
from urllib.parse import quote, urlencode

from flask import request
from sqlalchemy import BindParameter, Select

T = TypeVar("T")
Columns = TypeVarTuple("Columns")
LARGEST_KEY = 2**31 - 1  # of PostgreSQL's integer, in which keys are kept


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a page begins: after or before the row of a key; neither means the first page."""

    after: int | None = None
    before: int | None = None

    @property
    def key(self) -> int | None:
        return self.before if self.before is not None else self.after


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: list[T]
    earlier: int | None
    later: int | None

    @property
    def whole(self) -> bool:
        return self.earlier is None and self.later is None


def place() -> Place:
    """Return the place this request asks for; what is not a number is taken as the first page."""
    after, before = (_key(request.args.get(name, "")) for name in ("after", "before"))
    if request.args.get("before") == "end":
        before = LARGEST_KEY
    return Place(after=None if before is not None else after, before=before)


def _key(text: str) -> int | None:
    return min(int(text), LARGEST_KEY) if text.isascii() and text.isdecimal() and len(text) < 25 else None  # noqa: PLR2004


def window(rows: Select[*Columns], key: Any, at: Place, size: int, *, newest_first: bool = False) -> Select[*Columns]:
    """Return the select of the `size + 1` rows that `page` makes a page of, by a column that is unique and indexed."""
    return nearest(rows, key, at.key, size, falling=newest_first != (at.before is not None))


def nearest(
    rows: Select[*Columns], key: Any, begin: int | BindParameter[int] | None, size: int, *, falling: bool
) -> Select[*Columns]:
    """Return the select of the `size + 1` rows that come next to a key (None: from the end on) as it rises, or falls."""
    if begin is not None:
        rows = rows.where(key < begin if falling else key > begin)
    return rows.order_by(key.desc() if falling else key).limit(size + 1)


def page(rows: Sequence[T], size: int, at: Place, key: Callable[[T], int]) -> Page[T]:
    """Make a page of up to `size` rows out of `size + 1` that were read from `at` on, in reading direction.

    For `before`, the rows come backwards and are turned round here.
    """
    more = len(rows) > size
    kept = list(rows[:size])
    if at.before is not None:
        kept.reverse()
        last = at.before >= LARGEST_KEY  # nothing can follow the page before the end
        return Page(kept, key(kept[0]) if more else None, None if last or not kept else key(kept[-1]))
    earlier = key(kept[0]) if at.after is not None and kept else None
    return Page(kept, earlier, key(kept[-1]) if more else None)


def here(**changed: Any) -> str:
    """Return the address of this page with some of its query changed; None drops a parameter."""
    # Not by url_for, which would obey a reader's `?_external=1`.
    query = {**request.args.to_dict(), **changed}
    told = urlencode({name: value for name, value in query.items() if value is not None})
    return f"{quote(request.path)}?{told}" if told else quote(request.path)

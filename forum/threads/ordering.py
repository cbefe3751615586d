"""A page of replies in the order that was chosen: which they are, as SQL, and how their rows become a page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import CTE, Integer, bindparam, func, select, tuple_

from forum.core.pages import Page, Place, nearest, page
from forum.threads import fair_turn
from forum.threads.models import Reply
from forum.threads.order import ALONG, FAIR, LONELY, NEWEST, Order
from forum.threads.places import NOWHERE
from forum.threads.reading import Reading, Scope

KEY = bindparam("key", type_=Integer)

T = TypeVar("T")


def reading(scope: Scope, order: Order, place: Place) -> tuple[Reading, dict[str, Any]]:
    """Return how a page is read, and the values of what the statements made below leave open."""
    if order.name == FAIR:
        return fair_turn.reading(scope, order, place)
    return Reading(order.name, place.after is not None, place.before is not None), {"key": place.key}


def ordered(scope: Scope, how: Reading, size: int) -> CTE:
    """Return (id, n) of a page's replies of the first level, `n` in reading order; one more than the page holds."""
    if how.order == FAIR:
        return fair_turn.roots(scope, how, size)
    if how.order == ALONG:
        return _along(scope, how, size)
    n = -Reply.id if how.order == NEWEST else Reply.id
    ids = scope.only(select(Reply.id, n.label("n")))
    falling = (how.order == NEWEST) != how.before
    return nearest(ids, Reply.id, KEY if how.begun else None, size, falling=falling).cte("roots")


def _along(scope: Scope, how: Reading, size: int) -> CTE:
    """Return (id, n) of a page's replies by their place along the essay; at the same place as written."""
    by = (Reply.place, Reply.id)
    nearest = scope.only(select(Reply.id, Reply.place))
    if how.begun:
        # One that never was stands after all others.
        its = select(Reply.place).where(Reply.id == KEY).scalar_subquery()
        here, cursor = tuple_(*by), tuple_(func.coalesce(its, NOWHERE + 1), KEY)
        nearest = nearest.where(here < cursor if how.before else here > cursor)
    found = nearest.order_by(*(key.desc() if how.before else key for key in by)).limit(size + 1).subquery()
    n = func.row_number().over(order_by=(found.c.place, found.c.id))
    return select(found.c.id, n.label("n")).cte("roots")


def first_of_each(part: Any, scope: Scope, how: Reading, size: int) -> Any:
    """Select (id, n) of the first `size` replies in each part of a scope that has turns of its own; `n` in reading order."""
    if how.order == FAIR:
        # The turns of a part begin at 0 and leave none out: so many replies are in no more turns.
        keys, enough = fair_turn.keys(scope), scope.turn < size
    else:
        # Always so: it leads to the index that holds all that is asked for here.
        keys, enough = (Reply.id.desc() if how.order == NEWEST else Reply.id,), scope.turn >= 0
    n = func.row_number().over(partition_by=part, order_by=keys).label("n")
    numbered = scope.only(select(Reply.id, n)).where(enough).subquery()
    return select(numbered).where(numbered.c.n <= size)


def in_order(rows: Sequence[T], order: Order, place: Place, size: int, row_of: Callable[[T], Any]) -> Page[T]:
    """Make a page of what was read by `ordered`. The first one in fair turn begins with the first voices nobody answered."""
    found = sorted(rows, key=lambda item: row_of(item).n)
    lonely = [item for item in found if order.name == FAIR and row_of(item).n <= LONELY]
    rest = found[len(lonely) :]
    if place.before is not None:
        rest.reverse()
    shown = page(rest, size, place, lambda item: int(row_of(item).id))
    if shown.earlier is None:
        shown.rows[:0] = lonely
    return shown

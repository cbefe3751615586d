"""Fair turn as SQL: a page of it is read from an index, however long the conversation.

Every reply of the first level knows its turn in each place where it is read (`Reply.turn` in its thread, and so on: how many its
author had written there before) and its draw. The order of a page is: the first voices that nobody answered, then by turn; within
a turn from the draw at which the day begins upwards, then the draws below it.

No turn has more voices than the one before it. So the page after a reply is in the rest of its turn, in the next turn, and in as
few of the further ones as it takes to fill a page: each is a range of an index, cut to the size of a page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, and_, func, literal, or_, select, union_all

from forum.core.db import session
from forum.core.pages import Place
from forum.threads.models import STANDING, Reply
from forum.threads.order import LONELY, LONELY_AFTER, LONELY_UNTIL, Order

FAR = 2**30  # no turn is so late


@dataclass(frozen=True, slots=True)
class Scope:
    """A place with turns of its own: its name (for the draw), the column that counts turns there, which replies it holds."""

    name: str
    turn: Any
    only: Callable[[Any], Any]


class Cursor(NamedTuple):
    turn: int
    draw: int
    id: int


END = Cursor(FAR, 0, 0)


def roots(scope: Scope, order: Order, place: Place, size: int) -> CTE:
    """Return (id, n) of the page's replies, `n` in reading order: up to LONELY those before all turns, then `size + 1` by turn.

    Those before all turns come with the first page, and with one read backwards, which may be the first.
    """
    lonely = _lonely(scope, order).cte("lonely")
    cursor = _cursor(scope, place)
    back = cursor is not None and place.before is not None
    rest = Scope(scope.name, scope.turn, lambda rows: scope.only(rows).where(Reply.id.not_in(select(lonely.c.id))))
    numbered = _numbered(rest, order, cursor, size + 1, back=back)
    if cursor is None or back:
        first = select(lonely.c.id, func.row_number().over(order_by=(lonely.c.created_at, lonely.c.id)).label("n"))
        return union_all(select(first.subquery()), select(numbered.subquery())).cte("roots")
    return numbered.cte("roots")


def keys(scope: Scope, order: Order) -> tuple[Any, ...]:
    """Return what a select has to be ordered by to be in fair turn."""
    return scope.turn, Reply.draw < order.first_draw(scope.name), Reply.draw, Reply.id


def _numbered(scope: Scope, order: Order, cursor: Cursor | None, size: int, *, back: bool) -> Any:
    begin = order.first_draw(scope.name)
    pieces = [
        scope.only(select(Reply.id, scope.turn.label("turn"), (Reply.draw < begin).label("wrapped"), Reply.draw))
        .where(where)
        .order_by(*_direction(back, *keys(scope, order)))
        .limit(size)
        for where in _ranges(scope, begin, cursor, size, back=back)
    ]
    found = union_all(*(select(piece.subquery()) for piece in pieces)).subquery()
    by_turn = (found.c.turn, found.c.wrapped, found.c.draw, found.c.id)
    nearest = select(found).order_by(*_direction(back, *by_turn)).limit(size).subquery()
    by_turn = (nearest.c.turn, nearest.c.wrapped, nearest.c.draw, nearest.c.id)
    return select(nearest.c.id, (func.row_number().over(order_by=by_turn) + LONELY).label("n"))


def _direction(back: bool, *by: Any) -> Iterator[Any]:
    return (key.desc() if back else key for key in by)


def _lonely(scope: Scope, order: Order) -> Any:
    """Select the first voices of people that have stood unanswered for long, but not for ever."""
    unanswered = or_(Reply.first_answered_at.is_(None), Reply.first_answered_at > order.at)
    age = Reply.created_at.between(order.at - LONELY_UNTIL, order.at - LONELY_AFTER)
    found = scope.only(select(Reply.id, Reply.created_at)).where(
        Reply.newcomer, Reply.state == STANDING, age, unanswered
    )
    return found.order_by(Reply.created_at, Reply.id).limit(LONELY)


def _cursor(scope: Scope, place: Place) -> Cursor | None:
    """Return the reply at which the page begins, wherever it stands by now; END for one that never was, None for the first page."""
    if place.key is None:
        return None
    found = session().execute(select(scope.turn, Reply.draw, Reply.id).where(Reply.id == place.key)).first()
    return Cursor(*found) if found else END


def _ranges(scope: Scope, begin: int, cursor: Cursor | None, size: int, *, back: bool) -> Iterator[ColumnElement[bool]]:
    """Yield the ranges that hold the page, each within one index: together they hold its `size` rows, and few others."""
    turn = cursor.turn if cursor else -1
    if cursor:
        here = and_(Reply.draw == cursor.draw, Reply.id < cursor.id if back else Reply.id > cursor.id)
        passed = or_(here, Reply.draw < cursor.draw if back else Reply.draw > cursor.draw)
        same_side = Reply.draw >= begin if cursor.draw >= begin else Reply.draw < begin
        yield and_(scope.turn == turn, same_side, passed)
        if back != (cursor.draw >= begin):
            yield and_(scope.turn == turn, Reply.draw >= begin if back else Reply.draw < begin)
    step = -1 if back else 1
    yield and_(scope.turn == turn + step, Reply.draw >= begin)
    yield and_(scope.turn == turn + step, Reply.draw < begin)
    yield _further(scope, turn + step, size, back=back)


def _further(scope: Scope, turn: int, size: int, *, back: bool) -> ColumnElement[bool]:
    """Return the range of the turns beyond one that may still be needed: until they and it hold a page."""
    beyond = scope.turn <= turn if back else scope.turn >= turn
    counted = scope.only(select(scope.turn)).where(beyond).order_by(*_direction(back, scope.turn))
    last = counted.offset(size - 1).limit(1).scalar_subquery()
    if back:
        return and_(scope.turn < turn, scope.turn >= func.coalesce(last, 0))
    return and_(scope.turn > turn, scope.turn <= func.coalesce(last, literal(FAR)))

"""Fair turn as SQL: a page of it is read from an index, however long the conversation.

Every reply of the first level knows its turn in each place where it is read (`Reply.turn` in its thread, and so on: how many its
author had written there before) and its draw. The order of a page is: the first voices that nobody answered, then by turn; within
a turn from the draw at which the day begins upwards, then the draws below it.

No turn has more voices than the one before it. So the page after a reply is in the rest of its turn, in the next turn, and in as
few of the further ones as it takes to fill a page: each is a range of an index, cut to the size of a page.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Integer, and_, bindparam, func, literal, or_, select, union_all

from forum.core.db import Moment, session
from forum.core.pages import Place
from forum.threads.models import STANDING, Reply
from forum.threads.order import LONELY, LONELY_AFTER, LONELY_UNTIL, Order
from forum.threads.reading import Reading, Scope

FAR = 2**30  # no turn is so late

AT, OLDEST, YOUNGEST = (bindparam(name, type_=Moment) for name in ("at", "oldest", "youngest"))
BEGIN, TURN, DRAW, KEY = (bindparam(name, type_=Integer) for name in ("begin", "turn", "draw", "key"))


class Cursor(NamedTuple):
    turn: int
    draw: int
    key: int


END = Cursor(FAR, 0, 0)
START = Cursor(-1, 0, 0)


def reading(scope: Scope, order: Order, place: Place) -> tuple[Reading, dict[str, Any]]:
    """Return how a page is read, and what its statement leaves open."""
    cursor, begin = _cursor(scope, place), order.first_draw(scope.name)
    values = {
        "at": order.at,
        "oldest": order.at - LONELY_UNTIL,
        "youngest": order.at - LONELY_AFTER,
        "begin": begin,
        **cursor._asdict(),
    }
    return Reading(order.name, place.after is not None, place.before is not None, cursor.draw < begin), values


def _cursor(scope: Scope, place: Place) -> Cursor:
    """Return the reply at which the page begins, wherever it stands by now; END for one that never was."""
    if place.key is None:
        return START
    found = session().execute(select(scope.turn, Reply.draw, Reply.id).where(Reply.id == place.key)).first()
    return Cursor(*found) if found else END


def roots(scope: Scope, how: Reading, size: int) -> CTE:
    """Return (id, n) of the page's replies, `n` in reading order: up to LONELY those before all turns, then `size + 1` by turn.

    Those before all turns come with the first page, and with one read backwards, which may be the first.
    """
    lonely = _lonely(scope).cte("lonely")
    rest = scope.but(Reply.id.not_in(select(lonely.c.id)))
    numbered = _numbered(rest, how, size + 1)
    if how.after:
        return numbered.cte("roots")
    first = select(lonely.c.id, func.row_number().over(order_by=(lonely.c.created_at, lonely.c.id)).label("n"))
    return union_all(select(first.subquery()), select(numbered.subquery())).cte("roots")


def keys(scope: Scope) -> tuple[Any, ...]:
    """Return what a select has to be ordered by to be in fair turn."""
    return scope.turn, Reply.draw < BEGIN, Reply.draw, Reply.id


def _numbered(scope: Scope, how: Reading, size: int) -> Any:
    pieces = [
        scope.only(select(Reply.id, scope.turn.label("turn"), (Reply.draw < BEGIN).label("wrapped"), Reply.draw))
        .where(where)
        .order_by(*_direction(how, *keys(scope)))
        .limit(size)
        for where in _ranges(scope, how, size)
    ]
    found = union_all(*(select(piece.subquery()) for piece in pieces)).subquery()
    by_turn = (found.c.turn, found.c.wrapped, found.c.draw, found.c.id)
    nearest = select(found).order_by(*_direction(how, *by_turn)).limit(size).subquery()
    by_turn = (nearest.c.turn, nearest.c.wrapped, nearest.c.draw, nearest.c.id)
    return select(nearest.c.id, (func.row_number().over(order_by=by_turn) + LONELY).label("n"))


def _direction(how: Reading, *by: Any) -> Iterator[Any]:
    return (key.desc() if how.before else key for key in by)


def _lonely(scope: Scope) -> Any:
    """Select the first voices of people that have stood unanswered for long, but not for ever."""
    unanswered = or_(Reply.first_answered_at.is_(None), Reply.first_answered_at > AT)
    age = Reply.created_at.between(OLDEST, YOUNGEST)
    found = scope.only(select(Reply.id, Reply.created_at)).where(
        Reply.newcomer, Reply.state == STANDING, age, unanswered
    )
    return found.order_by(Reply.created_at, Reply.id).limit(LONELY)


def _ranges(scope: Scope, how: Reading, size: int) -> Iterator[ColumnElement[bool]]:
    """Yield the ranges that hold the page, each within one index: together they hold its `size` rows, and few others."""
    back = how.before
    if how.begun:
        here = and_(Reply.draw == DRAW, Reply.id < KEY if back else Reply.id > KEY)
        passed = or_(here, Reply.draw < DRAW if back else Reply.draw > DRAW)
        same_side = Reply.draw < BEGIN if how.wrapped else Reply.draw >= BEGIN
        yield and_(scope.turn == TURN, same_side, passed)
        if back == how.wrapped:
            yield and_(scope.turn == TURN, Reply.draw >= BEGIN if back else Reply.draw < BEGIN)
    step = -1 if back else 1
    yield and_(scope.turn == TURN + step, Reply.draw >= BEGIN)
    yield and_(scope.turn == TURN + step, Reply.draw < BEGIN)
    yield _further(scope, TURN + step, size, back=back)


def _further(scope: Scope, turn: Any, size: int, *, back: bool) -> ColumnElement[bool]:
    """Return the range of the turns beyond one that may still be needed: until they and it hold a page."""
    beyond = scope.turn <= turn if back else scope.turn >= turn
    counted = scope.only(select(scope.turn)).where(beyond).order_by(scope.turn.desc() if back else scope.turn)
    last = counted.offset(size - 1).limit(1).scalar_subquery()
    if back:
        return and_(scope.turn < turn, scope.turn >= func.coalesce(last, 0))
    return and_(scope.turn > turn, scope.turn <= func.coalesce(last, literal(FAR)))

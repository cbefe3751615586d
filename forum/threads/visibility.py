"""What a reader may see: the one rule, as SQL, for every page, list and count.

A hidden, removed or withdrawn reply keeps its place as a stub, so that its answers keep theirs. Hidden words reach only their
author and staff, removed and withdrawn ones nobody; but a case shows removed words to those who look after it, and while a
reply can be brought back, the page for that shows them to its author. Folded words reach everyone, in their place alone and
behind a fold. In lists that gather replies from many places there are no stubs and no folds: there all of these are left out.
A hidden thread does not exist for anyone but staff, one that was merged for nobody; one for members only does not exist for
visitors.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_

from forum.threads.models import FOLDED, HIDDEN, MERGED, REMOVED, STANDING, WITHDRAWN, Anchor, Reply, Thread


class Rights(NamedTuple):
    """What a reader's view depends on, alike for all who see the same: the key of what is put together once for them."""

    moderates: bool
    member: bool
    id: int | None = None


MEMBERS = Rights(moderates=False, member=True)  # what every member may see


def rights(who: Any) -> Rights:
    if isinstance(who, Rights):
        return who
    return Rights(True, True) if who.moderates else Rights(False, bool(who), who.id or None)


def audience(who: Any) -> Rights:
    """Return what threads a reader may see depends on."""
    return rights(who)._replace(id=None)


def threads(who: Any) -> ColumnElement[bool]:
    if who.moderates:
        return Thread.state != MERGED
    standing = Thread.state == STANDING
    return standing if rights(who).member else and_(standing, ~Thread.members_only)


def words(who: Any, of: type[Reply] | type[Thread] = Reply) -> ColumnElement[str]:
    """Return the HTML of a reply or opening text, or "" where its words are not for this reader."""
    return case((_seen(who, of), of.html), else_="")


def earlier_words(who: Any, of: Reply) -> bool:
    """Return whether what a reply said before is for this reader, who sees its place."""
    return of.state == STANDING or (of.state in {FOLDED, HIDDEN} and bool(who.moderates))


def quoted(who: Any) -> ColumnElement[str]:
    """Return the words that a reply quotes, "" where it quotes none or is not for this reader; outer join Anchor."""
    return func.coalesce(case((_seen(who, Reply), Anchor.exact), else_=""), "")


def _seen(who: Any, of: type[Reply] | type[Thread]) -> ColumnElement[bool]:
    if who.moderates:
        return of.state.not_in((WITHDRAWN, REMOVED))
    stands = of.state.in_((STANDING, FOLDED))
    own = and_(of.state == HIDDEN, of.author_id == who.id)
    return or_(stands, own) if who.id else stands


def listed(who: Any) -> ColumnElement[bool]:
    """Return what may stand in a list of replies from many threads; the query must join Thread."""
    return and_(Reply.state == STANDING, threads(who))


def found(who: Any) -> ColumnElement[bool]:
    """Return what may be found: what is listed of replies, and of threads their texts; the query must join Thread, and Reply outer."""
    return or_(listed(who), and_(Reply.id.is_(None), threads(who)))

"""What a member has seen, noted for that member alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from forum.core import clock
from forum.core.db import session, transaction
from forum.notices import queries, seen
from forum.notices.actions import reading
from forum.notices.models import Seen, Tie

VISIT = timedelta(hours=1)  # whoever comes again within it has not been away


def see(member_id: int, scope: str, scope_id: int, replies: Iterable[int]) -> None:
    """Note that a member was in a thread or theme, and was shown these replies of it: of what told them of these, nothing waits.

    Known already, nothing is written.
    """
    shown = queries.shown(replies, scope, scope_id)
    found = seen.blocks(shown)
    tie = queries.tie(member_id, scope, scope_id)
    told = queries.waiting_at(member_id, scope, scope_id, shown)
    if not told and _is_there(tie) and not seen.added(queries.blocks(member_id, found), found):
        return
    with transaction(public=False):
        _mark(member_id, found)
        tie = queries.tied(member_id, scope, scope_id)
        if not _is_there(tie):
            tie.seen_at = clock.now()
        tie.upto = queries.known_up_to(member_id, scope, scope_id, tie.upto)
        if told:
            reading.shown(member_id, told)


def _is_there(tie: Tie | None) -> bool:
    return tie is not None and tie.seen_at is not None and tie.seen_at > clock.now() - VISIT


def _mark(member_id: int, found: seen.Blocks) -> None:
    for block, bits in seen.added(queries.blocks(member_id, found), found).items():
        session().merge(Seen(member_id=member_id, block=block, bits=bits, at=clock.now()))
    session().flush()


def forget(before: datetime) -> int:
    """Delete older marks; return how many they were."""
    if not queries.any_seen_before(before):
        return 0
    with transaction(public=False):
        gone = (
            delete(Seen).where(Seen.at < before),
            delete(Tie).where(Tie.seen_at < before, Tie.level == ""),
            update(Tie).where(Tie.seen_at < before).values(seen_at=None, upto=0),
        )
        return sum(session().execute(one).rowcount for one in gone)  # type: ignore[attr-defined]

"""Erasing what was withdrawn and not brought back."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select, update

from forum.core import clock
from forum.core.db import session, transaction
from forum.threads.actions import citing, mentioning, quoting, revising
from forum.threads.erasing import KEPT
from forum.threads.indexes import ERASABLE
from forum.threads.models import Reply
from forum.threads.signals import erased

BATCH = 100


def erase() -> Iterator[int]:
    """Erase the words whose time has come, batch after batch; yield of how many replies after each.

    Each batch is a transaction of its own, so this can be broken off anywhere, and done by several processes at once.
    """
    while session().scalar(_due().limit(1)):
        with transaction():
            ids = session().scalars(_due().limit(BATCH)).all()
            if ids:  # else another process was here first
                wipe(ids)
        yield len(ids)
    session().rollback()


def _due() -> Select[int]:
    return select(Reply.id).where(ERASABLE, Reply.state_at <= clock.now() - KEPT).order_by(Reply.state_at, Reply.id)


def wipe(ids: Sequence[int]) -> None:
    """Erase the words of replies, with all that goes with them; inside a transaction."""
    for kind in (quoting, revising, mentioning, citing):
        kind.forget(ids)
    blank = (
        update(Reply)
        .where(Reply.id.in_(ids))
        .values(source="", html="", edit_reason="", state_reason="", state_before="")
    )
    session().execute(blank.execution_options(synchronize_session=False))
    erased.send(None, replies=ids)

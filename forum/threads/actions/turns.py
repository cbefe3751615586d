"""Whose turn it is: what fair turn knows of a reply, kept by those who change where it stands."""

from collections.abc import Iterable

from sqlalchemy import select, update

from forum.accounts.models import NOBODY
from forum.core.db import session
from forum.threads.models import Reply

# What shares a place, for each column that counts turns.
PLACES = {
    "turn": ("thread_id",),
    "rail_turn": ("thread_id", "theme_id", "passage_id"),
    "passage_turn": ("thread_id", "passage_id"),
    "forum_turn": ("theme_id",),
}


def take_turn(reply: Reply) -> None:
    """Give a reply of the first level that is about to be written its turn in each place; inside a transaction."""
    for turn, place in PLACES.items():
        here = [getattr(Reply, column) == getattr(reply, column) for column in place]
        before = select(getattr(Reply, turn)).where(Reply.author_id == reply.author_id, Reply.root_id.is_(None), *here)
        latest = session().scalar(before.order_by(Reply.id.desc()).limit(1))
        setattr(reply, turn, 0 if latest is None else latest + 1)


def is_new(author_id: int) -> bool:
    """Return whether someone has not written a reply here yet."""
    return session().scalar(select(Reply.id).where(Reply.author_id == author_id).limit(1)) is None


def retake_turns(author_ids: Iterable[int]) -> None:
    """Count anew the turns of authors whose replies were moved: in the order in which they were written."""
    for author_id in set(author_ids) - {NOBODY}:  # what those wrote who left was not written by one person
        mine = select(Reply).where(Reply.author_id == author_id, Reply.root_id.is_(None)).order_by(Reply.id)
        rows = (
            session().execute(mine.with_only_columns(Reply.id, Reply.thread_id, Reply.theme_id, Reply.passage_id)).all()
        )
        taken: dict[tuple[object, ...], int] = {}
        changes = []
        for row in rows:
            change = {"id": row.id}
            for turn, place in PLACES.items():
                key = (turn, *(getattr(row, column) for column in place))
                change[turn] = taken.get(key, 0)
                taken[key] = change[turn] + 1
            changes.append(change)
        session().execute(update(Reply), changes)

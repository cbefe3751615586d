"""What staff did, in order, for everyone to read: by role and accountable mark, never by name.

Entries are never changed and never deleted: triggers of the database refuse it (see the migration of the chain). Only their
words can be taken out, which leaves an entry of its own.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import chain, clock
from forum.core.db import Moment, db, session, transaction

EMPTIED = "empty_entry"  # the act of taking out an entry's words; `detail` is its number
BATCH = 500


class LogEntry(db.Model):  # type: ignore[misc, name-defined]
    """One act. `after_reply_id` is the newest reply of the thread at that time: where the entry stands in it.

    `actor_mark` is the same in all entries of one person, and drawn by lot. `previous` is the seal of the entry before, and unique:
    no two entries can follow the same one.
    """

    __tablename__ = "log_entries"
    __table_args__ = (Index("ix_log_entries_act", "act", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    actor_mark: Mapped[str] = mapped_column(default="", index=True)
    actor_role: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None] = mapped_column(Moment)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    essay_id: Mapped[int | None] = mapped_column(ForeignKey("essays.id"))
    after_reply_id: Mapped[int] = mapped_column(default=0)
    salt: Mapped[str]
    words: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)
    seal: Mapped[str] = mapped_column(unique=True)


def record(act: str, actor_id: int | None, actor_role: str, **what: object) -> LogEntry:
    """Seal an entry into the running transaction; `what` are further columns of LogEntry.

    Writers queue on the pulse (see db.py), so nobody else appends meanwhile; and if somebody did, `previous` refuses the second.
    """
    rows, salt = session(), secrets.token_hex(16)
    entry = LogEntry(at=clock.now(), act=act, actor_id=actor_id, actor_role=actor_role, salt=salt, **what)
    entry.actor_mark = _mark(actor_id)
    entry.words = chain.words(salt, entry.reason or "", entry.detail or "")
    entry.previous = rows.scalar(select(LogEntry.seal).order_by(LogEntry.id.desc()).limit(1)) or ""
    entry.seal = chain.seal(_fields(entry))
    rows.add(entry)
    rows.flush()
    return entry


def _mark(actor_id: int | None) -> str:
    """Return the mark under which this person has acted before, or a new one; "" for the host at the terminal."""
    if actor_id is None:
        return ""
    acted = select(LogEntry.actor_mark).where(LogEntry.actor_id == actor_id).order_by(LogEntry.id.desc()).limit(1)
    if known := session().scalar(acted):
        return known
    drawn = f"m-{secrets.token_hex(2)}"
    while _taken(drawn):
        drawn = f"m-{secrets.token_hex(2)}"
    return drawn


def _taken(mark: str) -> bool:
    return session().scalar(select(LogEntry.id).where(LogEntry.actor_mark == mark).limit(1)) is not None


def _fields(entry: LogEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in chain.FIELDS}


def empty(number: int, reason: str) -> bool:
    """Take the words out of an entry for good, as the host at the terminal; return whether there is such an entry."""
    with transaction():
        entry = session().get(LogEntry, number)
        if entry is None:
            return False
        entry.reason = entry.detail = entry.salt = ""
        record(EMPTIED, None, "host", reason=reason, detail=str(number))
        return True


@dataclass(frozen=True, slots=True)
class Chain:
    """What was found of the log: how many entries hold, the seal of the last, and the number of the first that does not."""

    entries: int
    seal: str
    broken: int | None


def verify() -> Chain:
    """Read the whole log and follow the chain through it."""
    count, last, emptied = 0, "", set[int]()
    for entry in _all():
        if not entry.salt:
            emptied.add(entry.id)
        elif entry.words != chain.words(entry.salt, entry.reason, entry.detail):
            return Chain(count, last, entry.id)
        if entry.previous != last or entry.seal != chain.seal(_fields(entry)):
            return Chain(count, last, entry.id)
        count, last = count + 1, entry.seal
    told = session().scalars(select(LogEntry.detail).where(LogEntry.act == EMPTIED))
    silent = emptied - {int(number) for number in told if number}
    return Chain(count, last, min(silent, default=None))


def _all() -> Iterator[LogEntry]:
    reached = 0
    while (
        batch := session()
        .scalars(select(LogEntry).where(LogEntry.id > reached).order_by(LogEntry.id).limit(BATCH))
        .all()
    ):
        yield from batch
        reached = batch[-1].id
        session().expunge_all()

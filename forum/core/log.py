"""What staff did, in order, for everyone to read: by role and accountable number, never by name."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.db import Moment, db, session


class LogEntry(db.Model):  # type: ignore[misc, name-defined]
    """One act. `after_reply_id` is the newest reply of the thread at that time: where the entry stands in it."""

    __tablename__ = "log_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
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


def record(act: str, actor_id: int | None, actor_role: str, **what: object) -> LogEntry:
    """Add an entry to the running transaction; `what` are further columns of LogEntry."""
    entry = LogEntry(at=clock.now(), act=act, actor_id=actor_id, actor_role=actor_role, **what)
    session().add(entry)
    return entry

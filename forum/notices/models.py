from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db

THREAD, THEME = "thread", "theme"
FOLLOW, NORMAL, MUTE = "follow", "normal", "mute"
LEVELS = (FOLLOW, NORMAL, MUTE)
UNREAD = text("read_at IS NULL")


class Tie(db.Model):  # type: ignore[misc, name-defined]
    """What ties a member to a thread or a theme (`scope`, `scope_id`).

    `seen_at` is when their latest visit began. All that stood there up to the reply `upto` has been seen; of what came later,
    `Seen` tells. `level` is how much of it they want to be told, "" where they never chose.
    """

    __tablename__ = "ties"
    __table_args__ = (Index("ix_ties_level", "scope", "scope_id", "level", "member_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    scope_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    upto: Mapped[int] = mapped_column(default=0)
    level: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime | None] = mapped_column(Moment, index=True)


class Seen(db.Model):  # type: ignore[misc, name-defined]
    """Which replies of a block were shown to a member (see seen.py). Nobody but that member is ever told."""

    __tablename__ = "seen"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy's own way)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bits: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class Notice(db.Model):  # type: ignore[misc, name-defined]
    """What a member is told (`kind`, see told.py), and of which place (`subject`): while it is unread, more from there joins it.

    Each time that a member is told of anything, it takes their next `sequence` number: lists order by it. `mailed_at` is when
    a mail told them of it; none does yet.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("member_id", "sequence"),
        Index("ix_notices_unread", "member_id", "subject", unique=True, sqlite_where=UNREAD, postgresql_where=UNREAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]
    subject: Mapped[str]
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"))
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)


class Tiding(db.Model):  # type: ignore[misc, name-defined]
    """A reply that a notice tells of. Whether it may still be told is asked when it is shown (see visibility.py)."""

    __tablename__ = "tidings"

    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True, autoincrement=False, index=True)


class Telling(db.Model):  # type: ignore[misc, name-defined]
    """A new reply, or (without one) a new thread, of which followers are still to be told: those with ids above `reached`."""

    __tablename__ = "tellings"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    reached: Mapped[int] = mapped_column(default=0)

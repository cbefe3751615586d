from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db

THREAD, THEME = "thread", "theme"
FOLLOW, NORMAL, MUTE = "follow", "normal", "mute"
LEVELS = (FOLLOW, NORMAL, MUTE)


class Tie(db.Model):  # type: ignore[misc, name-defined]
    """What ties a member to a thread or a theme (`scope`, `scope_id`).

    `seen_at` is when their latest visit began. All that stood there up to the reply `upto` has been seen; of what came later,
    `Seen` tells. `level` is how much of it they want to be told, "" where they never chose.
    """

    __tablename__ = "ties"

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

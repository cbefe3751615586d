from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import db


class Findable(db.Model):  # type: ignore[misc, name-defined]
    """Something that anyone can find: a reply, a thread's opening text, a passage of an essay's current edition.

    One of the three ids is set. `id` is its key (see keys.py). Its words are folded (see folding.py), `scopes` says where it
    stands (see scopes.py). The index follows each row by itself: on SQLite the tables `matching…`, on PostgreSQL a column.
    """

    __tablename__ = "findables"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"), unique=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True)
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"), unique=True)
    title: Mapped[str]
    words: Mapped[str]
    scopes: Mapped[str]


class Gathering(db.Model):  # type: ignore[misc, name-defined]
    """How far the index has been made anew: threads and replies up to these ids; gone when that is done. One row, `id` 1."""

    __tablename__ = "gatherings"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(default=0)
    reply_id: Mapped[int] = mapped_column(default=0)

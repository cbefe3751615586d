from datetime import date

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import db


class Listener(db.Model):  # type: ignore[misc, name-defined]
    """That a member is there, listening, up to a day. Nothing else of it is kept, and no hour."""

    __tablename__ = "listeners"
    __table_args__ = (Index("ix_listeners_thread_id_until", "thread_id", "until"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[date] = mapped_column(Date)

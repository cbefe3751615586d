from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import db


class Theme(db.Model):  # type: ignore[misc, name-defined]
    """One of an essay's strands. `reply_count` and `thread_count` are kept by the actions that change them."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    question: Mapped[str]
    position: Mapped[int]
    reply_count: Mapped[int] = mapped_column(default=0)
    thread_count: Mapped[int] = mapped_column(default=0)

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db


class Pace(db.Model):  # type: ignore[misc, name-defined]
    """The pause that those who keep a thread have set for an exchange, until a moment; 0 minutes: there is none, however hot it is."""

    __tablename__ = "paces"

    root_id: Mapped[int] = mapped_column(
        ForeignKey("replies.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    minutes: Mapped[int]
    until: Mapped[datetime] = mapped_column(Moment)

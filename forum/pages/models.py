from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db


class HouseText(db.Model):  # type: ignore[misc, name-defined]
    """The host's own wording of /about, /rules, /privacy or /help in one language, in place of the one that comes along."""

    __tablename__ = "house_texts"

    name: Mapped[str] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    html: Mapped[str]
    renderer: Mapped[int]
    edited_at: Mapped[datetime] = mapped_column(Moment)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

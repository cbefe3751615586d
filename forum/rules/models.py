from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db


class RulesVersion(db.Model):  # type: ignore[misc, name-defined]
    """The rules of the house from one moment on, in every language, as the text that reading.py reads. Never changed.

    `note` is what whoever published it said of the change.
    """

    __tablename__ = "rules_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sources: Mapped[dict[str, str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

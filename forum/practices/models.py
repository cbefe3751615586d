from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import db

EVERYWHERE = 0


class Practice(db.Model):  # type: ignore[misc, name-defined]
    """That a practice is on or off, for an essay or (`essay_id` EVERYWHERE) in the whole forum; without a row it is on.

    Off hides its forms and keeps its words.
    """

    __tablename__ = "practices"

    key: Mapped[str] = mapped_column(primary_key=True)
    essay_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[bool]

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db


class Departure(db.Model):  # type: ignore[misc, name-defined]
    """Someone who left, while there is still something to do about it; gone when that is done.

    Nobody is logged in as them and their row is empty already. `name_key` is what their name was known by, so that it can be taken
    out of what others wrote. `key` is the secret of the page that tells how far it is; `total` counts their texts.
    """

    __tablename__ = "departures"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name_key: Mapped[str]
    takes: Mapped[bool]
    key: Mapped[str] = mapped_column(unique=True)
    total: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(Moment)

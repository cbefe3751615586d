"""What those who keep a thread have arranged for it: who reads it, who may write in it, when, and how often."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.db import Moment
from forum.core.i18n import in_words

SWITCHES = ("members_only", "first_waits", "asking_only")
DATES = ("opens_at", "closes_at")
SLOWNESS = (0, 1, 5, 15, 60, 1_440)  # minutes between two replies of the same person
NONE: dict[str, Any] = {**dict.fromkeys(SWITCHES, False), "slow_minutes": 0, **dict.fromkeys(DATES)}


class Arranged:
    """The columns of a thread that hold it."""

    members_only: Mapped[bool] = mapped_column(default=False)  # for everyone else it does not exist
    first_waits: Mapped[bool] = mapped_column(default=False)  # whoever is new in it waits for those who keep it
    asking_only: Mapped[bool] = mapped_column(default=False)  # at its first level
    slow_minutes: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def opens_later(self) -> bool:
        return self.opens_at is not None and clock.now() < self.opens_at

    @property
    def over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= clock.now()

    @property
    def arrangement(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in NONE}


def changes(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Return what is another arrangement than before, for the log: "slow_minutes=15 members_only=1 opens_at=2026-03-01T08:00"."""
    return " ".join(f"{name}={_written(after[name])}" for name in NONE if before[name] != after[name])


def _written(value: Any) -> str:
    return f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else str(int(value or 0))


def told(detail: str) -> Iterator[tuple[str, str]]:
    """Yield the name and value of each change that `changes` wrote."""
    for part in detail.split():
        name, _, value = part.partition("=")
        if name in NONE:
            yield name, value


def out_of_time(thread: Arranged) -> str | None:
    """Return why nothing can be written at this hour."""
    if thread.closes_at and thread.over:
        return _("This thread closed on %(when)s. It can still be read.", when=in_words(thread.closes_at))
    if thread.opens_at and thread.opens_later:
        return _("This thread opens on %(when)s. Until then it can be read.", when=in_words(thread.opens_at))
    return None

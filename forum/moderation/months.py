"""Calendar months in the forum's time zone."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Self

from flask import current_app


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> Self:
        local = moment.astimezone(_zone())
        return cls(local.year, local.month)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the month that is written 2026-11, None for anything else."""
        found = re.fullmatch(r"(2\d{3})-(0[1-9]|1[0-2])", text, re.ASCII)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def begin(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=_zone())

    @property
    def end(self) -> datetime:
        return self.next.begin

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


def since(first: datetime, last: datetime) -> list[Month]:
    """Return the months from one moment to another, the latest first."""
    month, latest, found = Month.of(first), Month.of(last), []
    while month <= latest:
        found.append(month)
        month = month.next
    return found[::-1]


def _zone() -> tzinfo:
    zone: tzinfo = current_app.config["TIMEZONE"]
    return zone

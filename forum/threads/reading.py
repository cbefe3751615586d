"""How a page of replies is read, apart from what is read.

To put the statement of a page together costs more than to run it. So it is put together once for each way of reading, with
parameters for whatever differs from page to page.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self


class Reading(NamedTuple):
    """The order, and where the page begins: after a reply, before one, or at the start.

    `wrapped` is of fair turn: whether that reply stands in the second half of its turn, below the draw at which the day begins.
    """

    order: str
    after: bool
    before: bool
    wrapped: bool = False

    @property
    def begun(self) -> bool:
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Scope:
    """A place with turns of its own: its name (for the draw), the column that counts turns there, which replies it holds."""

    name: str
    turn: Any
    only: Callable[[Any], Any]

    def but(self, *where: Any) -> Self:
        """Return a part of this place, in the same turns."""
        return replace(self, only=lambda rows: self.only(rows).where(*where))

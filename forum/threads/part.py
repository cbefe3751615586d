"""A part of a thread that is read for itself: what a reader asked for, and what statements need to know of it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam

from forum.threads.models import Reply, Thread
from forum.threads.reading import Scope

LONGEST_RAIL = 60  # passages of a rail that show voices
THREAD, THEME, PASSAGE = (bindparam(name, type_=Integer) for name in ("thread", "theme", "passage"))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of a thread: of one theme, of one passage, or all of it.

    With a `rail` (passages, perhaps none), the first voices of the theme at each of them are read too, and the page is of those
    that are at no passage.
    """

    theme_id: int | None = None
    passage_id: int | None = None
    rail: tuple[int, ...] | None = None

    @property
    def everything(self) -> bool:
        return self.theme_id is None and self.passage_id is None

    @property
    def part(self) -> "Part":
        return Part(
            self.theme_id is not None, self.passage_id is not None, None if self.rail is None else bool(self.rail)
        )

    def scope(self, thread: Thread) -> Scope:
        """Return this part of a thread as a place that has turns of its own."""
        return self.part.scope(f"thread {thread.id}")

    def values(self, thread: Thread) -> dict[str, Any]:
        """Return what the statements of its scope leave open."""
        rail = (self.rail or ())[:LONGEST_RAIL]
        return {"thread": thread.id, "theme": self.theme_id, "passage": self.passage_id, "rail": rail}


class Part(NamedTuple):
    """Which kind of part of a thread a filter is: what statements depend on, apart from the values."""

    of_theme: bool
    of_passage: bool
    rail: bool | None

    def scope(self, name: str = "") -> Scope:
        turn = Reply.rail_turn if self.of_theme else Reply.passage_turn if self.of_passage else Reply.turn

        def only(rows: Select[Any]) -> Select[Any]:
            rows = rows.where(Reply.thread_id == THREAD, Reply.root_id.is_(None))
            if self.of_theme:
                rows = rows.where(Reply.theme_id == THEME)
            if self.rail is not None:
                rows = rows.where(Reply.passage_id.is_(None))
            return rows.where(Reply.passage_id == PASSAGE) if self.of_passage else rows

        return Scope(name, turn, only)

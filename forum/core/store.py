"""Rendered pages, kept in memory for as long as they are true.

A page is kept with the pulse that it was rendered at (see db.py); an edit, a lock or a hidden reply raises the pulse, in whichever
process, and the page is rendered anew. What depends on the hour (a pin that ends) is right within MINUTE.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar

from flask import Flask

T = TypeVar("T")
Key = tuple[str, ...]
MINUTE = 60.0
AROUND = 2_000  # bytes that a kept page takes beside its text and its key


@dataclass(slots=True)
class Kept(Generic[T]):
    value: T
    size: int
    pulse: int
    until: float


class Store(Generic[T]):
    """At most `most` bytes of pages; what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.pages: OrderedDict[Key, Kept[T]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key, pulse: int) -> T | None:
        """Return the page kept under `key`, if it is still true at this pulse."""
        kept = self.pages.get(key)
        if kept is None or kept.pulse != pulse or kept.until < monotonic():
            return None
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
        return kept.value

    def put(self, key: Key, pulse: int, value: T, size: int) -> None:
        # Counted in full: else a short page under thousands of long addresses would fill the memory.
        size += AROUND + sum(map(len, key))
        with self.lock:
            self._drop(key)
            self.pages[key] = Kept(value, size, pulse, monotonic() + MINUTE)
            self.size += size
            while self.size > self.most:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: Key) -> None:
        kept = self.pages.pop(key, None)
        self.size -= kept.size if kept else 0

    def forget(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0


def store_of(app: Flask, name: str, most: int) -> Store[Any]:
    """Return a new store, known to the application by its name."""
    return app.extensions.setdefault("stores", {}).setdefault(name, Store(most))


def forget_pages(app: Flask) -> None:
    """Forget every page: for a database that was put in the place of another."""
    for store in app.extensions["stores"].values():
        store.forget()

from collections.abc import Collection
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, exists, select

from forum.core import site
from forum.core.db import session
from forum.core.store import Store, store_of
from forum.practices.models import EVERYWHERE, Practice

Off = frozenset[tuple[str, int]]
MOST_BYTES = 100_000


def on(key: str, essays: Collection[int] = ()) -> bool:
    """Return whether a practice is on in the forum, and where it belongs to essays (ids) for one of them at least.

    Kept in memory for as long as nothing changes (see core/store.py), so it costs a page no statement of its own.
    """
    kept = _store(current_app)
    off = kept.get(("off",), site.pulse())
    if off is None:
        off = switched_off()
        kept.put(("off",), site.pulse(), off, len(off) * 100)
    return stands(off, key, essays)


def still_on(key: str, essays: Collection[int] = ()) -> bool:
    """Return the same as the rows have it now: inside a transaction it stays so until the end."""
    return stands(switched_off(), key, essays)


def stands(off: Off, key: str, essays: Collection[int] = ()) -> bool:
    everywhere = (key, EVERYWHERE) not in off
    return everywhere and (not essays or any((key, essay_id) not in off for essay_id in essays))


def off_for(key: str, essay_id: Any) -> ColumnElement[bool]:
    """Return that a practice is off for an essay (a column), for a statement that reads it anyway."""
    return exists().where(Practice.key == key, Practice.essay_id.in_([EVERYWHERE, essay_id]), Practice.on.is_(False))


def switched_off() -> Off:
    rows = session().execute(select(Practice.key, Practice.essay_id).where(Practice.on.is_(False)))
    return frozenset((key, essay_id) for key, essay_id in rows)


def _store(app: Flask) -> Store[Off]:
    return store_of(app, "practices", MOST_BYTES)

"""What some in the demo have read, what they follow, and whom they would rather not hear."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.accounts.actions import muting
from forum.core.db import session
from forum.notices.actions import levels, seeing
from forum.notices.models import FOLLOW, MUTE, THEME, THREAD
from forum.threads.models import Reply, Thread

MUTED = {"ada": "bruno", "bruno": "farid"}


def first_visits(story: Any) -> list[Callable[[], None]]:
    """Return the acts by which ada reads what much is new in since."""
    return [lambda: _read(story, story.others[5])]


def last_visits(story: Any) -> list[Callable[[], None]]:
    """Return the acts by which ada reads what little is new in since: all of it, and of one thread only the beginning."""
    return [
        lambda: _read(story, story.talk),
        lambda: _read(story, story.threads[0]),
        lambda: _read(story, story.others[0], at_most=3),
    ]


def _read(story: Any, thread: Thread, at_most: int | None = None) -> None:
    shown = select(Reply.id).where(Reply.thread_id == thread.id).order_by(Reply.id).limit(at_most)
    seeing.see(story.members["ada"], THREAD, thread.id, session().scalars(shown).all())


def choices(story: Any) -> list[Callable[[], None]]:
    """Return the acts by which ada follows a theme and mutes another, and a thread; and some mute each other."""

    def choose(scope: str, scope_id: int, level: str) -> None:
        levels.choose(scope, scope_id, level, by=story.named("ada"))

    def mute() -> None:
        for who, muted in MUTED.items():
            muting.mute(story.named(muted), by=story.named(who))

    followed, muted = list(story.themes.values())[:2]
    return [
        lambda: choose(THEME, followed, FOLLOW),
        lambda: choose(THEME, muted, MUTE),
        lambda: choose(THREAD, story.others[5].id, MUTE),
        mute,
    ]

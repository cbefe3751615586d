"""Pauses between two replies of the same person, counted by the replies themselves: so across processes and restarts."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import ColumnElement, select

from forum.core import clock
from forum.core.db import session
from forum.core.i18n import in_words, time_tag
from forum.core.limits import TooOften
from forum.threads import lengths
from forum.threads.models import Reply, Thread
from forum.threads.rules import keeps


class Paused(TooOften):
    """A pause that is not over; `until` is when one can go on."""

    def __init__(self, until: datetime, why: str) -> None:
        super().__init__(max(1, round((until - clock.now()).total_seconds())))
        self.until, self.why = until, why

    @property
    def sentence(self) -> str:
        when = _("You can go on from %(when)s.", when=in_words(self.until))
        return f"{self.why} {when}"

    @property
    def shown(self) -> Markup:
        """Return how it stands over a form: with the time at which it ends, and what a script needs to count down to it."""
        words = _("You can go on from %(when)s. What you write stays here meanwhile.", when="{when}")
        before, _when, after = words.partition("{when}")
        said = (self.why, before, time_tag(self.until), after)
        return Markup(
            '<p class="state pause" data-behaviour="countdown" data-seconds="%s" data-left="%s" data-over="%s">%s %s%s%s</p>'
        ) % (self.wait, _("Still %(time)s.", time="#"), _("You can go on now."), *said)


def latest(thread_id: int, member_id: int, *which: ColumnElement[bool]) -> datetime | None:
    """Return when someone wrote last in a thread, whatever became of it."""
    own = select(Reply.created_at).where(Reply.thread_id == thread_id, Reply.author_id == member_id, *which)
    return session().scalar(own.order_by(Reply.id.desc()).limit(1))


def slowed(thread: Thread, who: Any) -> Paused | None:
    """Return the pause that a thread's slow mode asks of someone now; of those who keep it, none."""
    if not thread.slow_minutes or not who or keeps(who, thread):
        return None
    return pause_after(latest(thread.id, who.id), thread.slow_minutes)


def pause_after(last: datetime | None, minutes: int) -> Paused | None:
    """Return what is left of a thread's pause."""
    until = last and last + timedelta(minutes=minutes)
    return Paused(until, lengths.slowness(minutes)) if until and until > clock.now() else None


def check(thread: Thread, by: Any) -> None:
    """Raise Paused where the thread asks for a pause that is not over; inside a transaction."""
    if pause := slowed(thread, by):
        raise pause

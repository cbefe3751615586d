from collections.abc import Sequence
from datetime import date

from flask import current_app
from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import session
from forum.listening.models import Listener
from forum.listening.practice import KEY
from forum.listening.rules import Foot
from forum.listening.weeks import week
from forum.practices import queries as practices
from forum.threads.models import Thread


def today() -> date:
    """Return the day it is in the forum's time zone."""
    return clock.now().astimezone(current_app.config["TIMEZONE"]).date()


def foot(thread: Thread) -> Foot:
    essay = thread.essay_id
    return Foot(essay is not None, practices.still_on(KEY, [essay] if essay else []))


def own(member_id: int) -> Sequence[Listener]:
    mine = select(Listener).where(Listener.member_id == member_id, Listener.until >= today())
    return session().scalars(mine.order_by(Listener.thread_id)).all()


def count(thread_id: int) -> int:
    here = select(func.count()).where(Listener.thread_id == thread_id, Listener.until >= today())
    return session().scalar(here) or 0


def untold(most: int) -> Sequence[Thread]:
    """Return essays' threads of which it was not told yet this week how many listen."""
    asked = select(Thread).where(Thread.essay_id.is_not(None), Thread.listening_week < week(today()))
    return session().scalars(asked.order_by(Thread.id).limit(most)).all()

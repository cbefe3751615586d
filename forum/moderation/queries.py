from typing import Any

from sqlalchemy import Row, select

from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Essay
from forum.themes.models import Theme
from forum.threads import visibility
from forum.threads.models import Thread

SIZE = 50


def log(place: Place, who: Any) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of the log, newest first: acts by role, without the names of members; hidden threads unnamed."""
    listed = (
        select(
            LogEntry.id,
            LogEntry.at,
            LogEntry.act,
            LogEntry.actor_role,
            LogEntry.actor_id,
            LogEntry.reason,
            LogEntry.detail,
            LogEntry.until,
            LogEntry.reply_id,
            Thread.id.label("thread_id"),
            Thread.title.label("thread_title"),
            Theme.name.label("theme_name"),
            Essay.title.label("essay_title"),
        )
        .outerjoin(Thread, (Thread.id == LogEntry.thread_id) & visibility.threads(who))
        .outerjoin(Theme, Theme.id == LogEntry.theme_id)
        .outerjoin(Essay, Essay.id == LogEntry.essay_id)
    )
    found = session().execute(window(listed, LogEntry.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.id)

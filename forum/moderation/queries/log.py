"""What the log shows: to everyone by role and mark, to staff with the names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Essay
from forum.moderation.months import Month, since
from forum.moderation.wording import KINDS
from forum.themes.models import Theme
from forum.threads import visibility
from forum.threads.models import Thread

SIZE = 50

type_of_entry = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the log is narrowed to; None and "" leave it whole. `by` is a mark, `kind` one of KINDS."""

    kind: str = ""
    role: str = ""
    month: Month | None = None
    thread: int | None = None
    by: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        asked: list[ColumnElement[bool]] = []
        if self.kind:
            asked.append(LogEntry.act.in_(KINDS[self.kind][1]))
        if self.role:
            asked.append(LogEntry.actor_role == self.role)
        if self.month:
            asked.append(and_(LogEntry.at >= self.month.begin, LogEntry.at < self.month.end))
        if self.thread:
            asked.append(LogEntry.thread_id == self.thread)
        if self.by:
            asked.append(LogEntry.actor_mark == self.by)
        return asked


def log(place: Place, who: Any, asked: Asked | None = None, *, names: bool = False) -> Page[type_of_entry]:
    """Return a page of the log, newest first. Threads that are not for this reader have no title; names are for staff."""
    listed = (
        select(
            LogEntry.id,
            LogEntry.at,
            LogEntry.act,
            LogEntry.actor_role,
            LogEntry.actor_mark,
            LogEntry.reason,
            LogEntry.detail,
            LogEntry.until,
            LogEntry.reply_id,
            LogEntry.salt,
            LogEntry.seal,
            LogEntry.thread_id,
            Thread.title.label("thread_title"),
            Theme.name.label("theme_name"),
            Essay.title.label("essay_title"),
        )
        .outerjoin(Thread, (Thread.id == LogEntry.thread_id) & visibility.threads(who))
        .outerjoin(Theme, Theme.id == LogEntry.theme_id)
        .outerjoin(Essay, Essay.id == LogEntry.essay_id)
        .where(*(asked or Asked()).conditions())
    )
    if names:
        actor, member = aliased(Member), aliased(Member)
        listed = (
            listed.add_columns(actor.name.label("actor"), member.name.label("member"))
            .outerjoin(actor, actor.id == LogEntry.actor_id)
            .outerjoin(member, member.id == LogEntry.member_id)
        )
    found = session().execute(window(listed, LogEntry.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.id)


def months() -> list[Month]:
    """Return the months that the log goes through, newest first; [] while it is empty."""
    first: datetime | None = session().scalar(select(func.min(LogEntry.at)))
    return since(first, clock.now()) if first else []

"""What feeds and the sitemap hold: what a visitor may see, whoever asks, because a feed reader comes without a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from forum.accounts.models import Member, Visitor
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Edition, Essay, Passage
from forum.themes.models import Theme
from forum.threads import stream, visibility
from forum.threads.models import Reply, Thread

SIZE = 30
VISITOR = Visitor()

type_of_row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Newest:
    """Replies and openings of threads, each newest first."""

    replies: Sequence[type_of_row]
    openings: Sequence[type_of_row]


def _replies() -> Select[*tuple[Any, ...]]:
    """Return what stands of replies, as pages show it, with its thread's title and its passage's key."""
    return (
        stream.rows(VISITOR)
        .add_columns(Thread.title.label("thread_title"), Passage.key.label("passage"))
        .join(Thread, Thread.id == Reply.thread_id)
        .outerjoin(Passage, Passage.id == Reply.passage_id)
        .where(visibility.listed(VISITOR))
    )


def _openings() -> Select[*tuple[Any, ...]]:
    """Return threads with their opening text; an essay's with its text as it now stands."""
    return (
        select(
            Thread.id,
            Thread.title,
            Thread.essay_id,
            Thread.created_at,
            Thread.edited_at,
            visibility.words(VISITOR, Thread).label("html"),
            Theme.key.label("theme"),
            Theme.name.label("theme_name"),
            Member.name.label("author"),
            Essay.author.label("essay_author"),
            Essay.language,
            Edition.content,
            Edition.created_at.label("edition_at"),
        )
        .outerjoin(Theme, Theme.id == Thread.theme_id)
        .outerjoin(Member, Member.id == Thread.author_id)
        .outerjoin(Essay, Essay.id == Thread.essay_id)
        .outerjoin(Edition, _current())
        .where(visibility.threads(VISITOR))
    )


def _current() -> ColumnElement[bool]:
    return and_(Edition.essay_id == Essay.id, Edition.number == Essay.edition_number)


def _newest(*, replies: Sequence[ColumnElement[bool]] = (), threads: Sequence[ColumnElement[bool]] = ()) -> Newest:
    written = _replies().where(*replies).order_by(Reply.id.desc()).limit(SIZE)
    opened = _openings().where(*threads).order_by(Thread.id.desc()).limit(SIZE)
    return Newest(session().execute(written).all(), session().execute(opened).all())


def of_forum() -> Newest:
    return _newest()


def of_theme(theme_id: int) -> Newest:
    """Return what the theme's page lists: its threads, and its replies of the first level wherever they stand."""
    first = (Reply.theme_id == theme_id, Reply.root_id.is_(None))
    return _newest(replies=first, threads=(Thread.theme_id == theme_id,))


def of_member(member_id: int) -> Newest:
    return _newest(replies=(Reply.author_id == member_id,), threads=(Thread.author_id == member_id,))


def opening(thread_id: int) -> type_of_row | None:
    return session().execute(_openings().where(Thread.id == thread_id)).first()


def of_thread(thread_id: int, place: Place) -> Page[type_of_row]:
    """Return a page of everything that was said in a thread, answers too, newest first."""
    said = window(_replies().where(Reply.thread_id == thread_id), Reply.id, place, SIZE, newest_first=True)
    return page(session().execute(said).all(), SIZE, place, lambda row: row.id)


def theme(key: str) -> tuple[Theme, datetime | None] | None:
    """Return a theme, and when the first thread of the forum began: no theme is older."""
    first = select(Thread.created_at).order_by(Thread.id).limit(1).scalar_subquery()
    row = session().execute(select(Theme, first.label("begun")).where(Theme.key == key)).first()
    return (row[0], row[1]) if row else None


def last_thread() -> int:
    """Return the highest number of a thread, 0 where there is none."""
    return session().scalar(select(func.max(Thread.id))) or 0


def threads_between(after: int, upto: int) -> Sequence[type_of_row]:
    """Return id, title and what may have changed last of the threads whose ids are above `after` and not above `upto`."""
    listed = (
        select(Thread.id, Thread.title, Thread.latest_at, Thread.edited_at, Edition.created_at.label("edition_at"))
        .outerjoin(Essay, Essay.id == Thread.essay_id)
        .outerjoin(Edition, _current())
        .where(Thread.id > after, Thread.id <= upto, visibility.threads(VISITOR))
    )
    return session().execute(listed.order_by(Thread.id)).all()


def themes() -> Sequence[type_of_row]:
    """Return each theme's key, and when its newest reply was written."""
    newest = (
        select(Reply.created_at)
        .join(Thread, Thread.id == Reply.thread_id)
        .where(Reply.theme_id == Theme.id, Reply.root_id.is_(None), visibility.listed(VISITOR))
        .order_by(Reply.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session().execute(select(Theme.key, newest.label("changed")).order_by(Theme.position, Theme.id)).all()

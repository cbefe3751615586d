"""What is found: first the keys of what matches, in their order; then what a page shows of some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import current_app
from sqlalchemy import Row, Select, and_, case, func, or_, select, union
from sqlalchemy.orm import aliased

from forum.accounts import queries as accounts
from forum.accounts.models import Member
from forum.core.db import session
from forum.core.pages import Page, Place, page
from forum.essays.models import Edition, Essay, Passage
from forum.search import matching_postgresql, matching_sqlite, scopes
from forum.search.keys import first_key
from forum.search.matching import Newest, Wanted
from forum.search.models import Findable
from forum.search.parsing import Question
from forum.search.ranking import ranked
from forum.themes import queries as themes
from forum.themes.models import Theme
from forum.threads import queries as threads
from forum.threads import visibility
from forum.threads.models import Reply, Thread

SIZE = 20
MOST = 500  # of what matches, the newest so many are ranked
MOST_TITLED = 100  # and of threads that have the words in their title
LAST_KEY = 2**63 - 1

NEWEST: dict[str, Newest] = {"sqlite": matching_sqlite.newest, "postgresql": matching_postgresql.newest}

type_of_row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of what was found, and how much that is; `texts` are the passages among it, by their ids.

    `missing` is the operator whose value nobody and nothing here has: author, theme or thread.
    """

    page: Page[type_of_row]
    total: int = 0
    texts: dict[int, str] | None = None
    missing: str = ""

    @property
    def more(self) -> bool:
        return self.total >= MOST


def find(question: Question, who: Any, place: Place) -> Findings:
    """Return what matches a question, as this reader may see it; nothing for one that asks nothing."""
    wanted, missing = (None, "") if question.empty else _wanted(question, who)
    if wanted is None:
        return Findings(Page([], None, None), missing=missing)
    found = session().execute(_matching(wanted, question, who)).all()
    keys = ranked(found, question.terms)
    of_page = _page(keys, place)
    rows = {row.id: row for row in session().execute(_shown(who).where(Findable.id.in_(of_page.rows)))}
    shown = [rows[key] for key in of_page.rows if key in rows]
    return Findings(Page(shown, of_page.earlier, of_page.later), len(keys), _texts(shown))


def _wanted(question: Question, who: Any) -> tuple[Wanted | None, str]:
    """Return what to ask the index for, or None and which operator names what is not there."""
    among: list[list[str]] = []
    if question.author:
        member = accounts.named(question.author)
        if member is None:
            return None, "author"
        among.append([scopes.author(member.id)])
    if question.theme:
        theme = themes.by_key(question.theme)
        if theme is None:
            return None, "theme"
        among.append([scopes.theme(theme.id)])
    if question.thread is not None:
        known = threads.thread(question.thread, who)
        thread = known[0] if known else threads.merged_into(question.thread, who)
        if thread is None:
            return None, "thread"
        among.append([scopes.thread(thread.id), *([scopes.essay(thread.essay_id)] if thread.essay_id else [])])
    low = _key_of(question.after) if question.after else 0
    high = _key_of(question.before) if question.before else LAST_KEY
    return Wanted(question.terms, question.without, among, low, high), ""


def _key_of(day: date) -> int:
    return first_key(datetime.combine(day, time(), current_app.config["TIMEZONE"]))


def _matching(wanted: Wanted, question: Question, who: Any) -> Select[*tuple[Any, ...]]:
    """Return (key, title, words) of the newest that match, and of threads whose title has all the words."""
    newest = NEWEST[session().get_bind().dialect.name]
    # A limit inside a union needs a select of its own around it on SQLite.
    matches = [newest(wanted, MOST)] + ([newest(wanted.in_title(), MOST_TITLED)] if wanted.terms else [])
    keys = union(*(select(match.subquery().c.id) for match in matches)).subquery()
    of_each = select(Findable.id, Findable.title, Findable.words).join(keys, keys.c.id == Findable.id)
    found = _placed(of_each).where(visibility.found(who))
    return found.where(_unanswered()) if question.unanswered else found


def _placed(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join where something stands: its reply, its passage, its thread."""
    essay_thread = aliased(Thread, name="essay_thread")
    of_essay = select(essay_thread.id).where(essay_thread.essay_id == Passage.essay_id).scalar_subquery()
    return (
        found.outerjoin(Reply, Reply.id == Findable.reply_id)
        .outerjoin(Passage, Passage.id == Findable.passage_id)
        .join(Thread, Thread.id == func.coalesce(Reply.thread_id, Findable.thread_id, of_essay))
    )


def _unanswered() -> Any:
    """Return what waits for a first answer by someone else: a reply of the first level, a thread."""
    reply = and_(Reply.root_id.is_(None), Reply.first_answered_at.is_(None), Reply.id.is_not(None))
    return or_(reply, and_(Findable.thread_id.is_not(None), Thread.reply_count == 0))


def _page(keys: Sequence[int], place: Place) -> Page[int]:
    """Return a page of keys; places in the list are what its neighbours are found by."""
    numbered = list(enumerate(keys, 1))
    if place.before is not None:
        rows = [row for row in reversed(numbered) if row[0] < place.before]
    else:
        rows = [row for row in numbered if row[0] > (place.after or 0)]
    found = page(rows[: SIZE + 1], SIZE, place, lambda row: row[0])
    return Page([key for _number, key in found.rows], found.earlier, found.later)


def _shown(who: Any) -> Select[*tuple[Any, ...]]:
    """Return what a page shows of what was found."""
    words = case((Reply.id.is_not(None), visibility.words(who)), else_=visibility.words(who, Thread))
    shown = select(
        Findable.id,
        Findable.reply_id,
        Findable.passage_id,
        Passage.key.label("passage"),
        Essay.language,
        Thread.id.label("thread_id"),
        Thread.title.label("thread_title"),
        Theme.key.label("theme"),
        Theme.name.label("theme_name"),
        Theme.position.label("hue"),
        Member.id.label("author_id"),
        Member.name.label("author"),
        Reply.kind,
        words.label("html"),
        func.coalesce(Reply.created_at, Thread.created_at).label("created_at"),
    )
    return (
        _placed(shown)
        .outerjoin(Essay, Essay.id == Passage.essay_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Reply.theme_id, Thread.theme_id))
        .outerjoin(Member, Member.id == func.coalesce(Reply.author_id, Thread.author_id))
        .where(visibility.found(who))
    )


def _texts(rows: Sequence[type_of_row]) -> dict[int, str]:
    """Return the passages among what was found, as the current editions word them."""
    wanted = {row.passage_id for row in rows if row.passage_id}
    if not wanted:
        return {}
    here = select(Passage.essay_id).where(Passage.id.in_(wanted))
    current = and_(Essay.id == Edition.essay_id, Essay.edition_number == Edition.number)
    contents = session().scalars(select(Edition.content).join(Essay, current).where(Essay.id.in_(here)))
    return {passage["id"]: passage["text"] for content in contents for passage in content if passage["id"] in wanted}

"""A thread as one stream, read in one statement: replies, the answers under them, and what staff did in between."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.core.db import Moment, session
from forum.core.log import LogEntry
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Essay
from forum.themes.models import Theme
from forum.threads import visibility
from forum.threads.models import STANDING, Anchor, Placement, Reply, Thread
from forum.threads.order import AS_WRITTEN, WRITTEN, Order
from forum.threads.ordering import KEY, first_of_each, in_order, ordered, reading
from forum.threads.part import THREAD, Filter, Part
from forum.threads.reading import Reading

SIZE = 50
ANSWERS = 10  # shown under a reply before a link leads to all of them
ENTRIES = 100
VOICES = 5  # shown at each passage of a rail before a link leads to all of them

type_of_item = Row[*tuple[Any, ...]]


@dataclass(slots=True)
class Voice:
    """A reply of the first level with the first of its answers, and the entries that stand before it."""

    reply: type_of_item
    answers: list[type_of_item] = field(default_factory=list)
    entries: list[type_of_item] = field(default_factory=list)


def columns(who: Any, answered: Any, answered_author: Any) -> list[Any]:
    """Return what a page shows of a reply; join Member (its author), Theme, and the reply that it answers with its author."""
    return [
        literal("reply").label("type"),
        Reply.id,
        Reply.root_id,
        Reply.number,
        Reply.answer_count,
        Reply.thread_id,
        Reply.author_id,
        Member.name.label("author"),
        Reply.kind,
        Reply.theme_id,
        Theme.key.label("theme"),
        Theme.name.label("theme_name"),
        Theme.position.label("hue"),
        Reply.passage_id,
        visibility.words(who).label("html"),
        Reply.state,
        Reply.state_reason.label("reason"),
        Reply.as_staff,
        Reply.created_at,
        Reply.edited_at,
        Reply.mended_at,
        Reply.revision,
        and_(answered.state == STANDING, answered.revision > Reply.answered_revision).label("answered_earlier"),
        Reply.state_at,
        answered.id.label("answered_id"),
        answered_author.name.label("answered_author"),
        visibility.quoted(who).label("exact"),
        Anchor.thread_id.label("words_thread_id"),
        Anchor.edition.label("words_edition"),
        Essay.edition_number.label("current_edition"),
        Essay.language.label("words_language"),
        Placement.state.label("words_state"),
        Placement.passage_id.label("words_passage_id"),
        Reply.note,
        Reply.note_role,
    ]


def rows(who: Any) -> Select[*tuple[Any, ...]]:
    """Return a select of `columns` with its joins; add where, order and limit."""
    return _rows(visibility.rights(who))


@lru_cache(maxsize=32)
def _rows(who: visibility.Rights) -> Select[*tuple[Any, ...]]:
    # Aliases of this statement alone: two threads that use one for the first time at once can both take the table for it.
    answered, author = aliased(Reply, name="answered"), aliased(Member, name="answered_author")
    return (
        select(*columns(who, answered, author))
        .join(Member, Member.id == Reply.author_id)
        .join(Theme, Theme.id == Reply.theme_id)
        .outerjoin(answered, answered.id == Reply.answers_id)
        .outerjoin(author, author.id == answered.author_id)
        .outerjoin(Anchor, Anchor.reply_id == Reply.id)
        .outerjoin(Essay, Essay.id == Anchor.essay_id)
        .outerjoin(Placement, and_(Placement.reply_id == Reply.id, Placement.edition == Essay.edition_number))
    )


def _entries(first: Any) -> Select[*tuple[Any, ...]]:
    told = (
        literal("entry"),
        LogEntry.id,
        cast(null(), BigInteger),
        literal(0),
        literal(0),
        LogEntry.thread_id,
        LogEntry.reply_id,
        LogEntry.actor_role,
        LogEntry.act,
        LogEntry.theme_id,
        LogEntry.detail,
        literal(""),
        literal(0),
        LogEntry.after_reply_id,
        literal(""),
        literal(""),
        LogEntry.reason,
        literal(False),
        LogEntry.at,
        LogEntry.until,
        cast(null(), Moment),
        literal(0),
        literal(False),
        cast(null(), Moment),
        cast(null(), BigInteger),
        cast(null(), String),
        literal(""),
        literal(0),
        literal(0),
        literal(0),
        literal(""),
        literal(""),
        cast(null(), BigInteger),
        literal(""),
        literal(""),
        literal(0),
        literal(0),
    )
    # Each with a name of its own: of two nameless columns alike, the select around them would make one.
    return (
        select(*(column.label(f"c{number}") for number, column in enumerate(told)))
        .where(LogEntry.thread_id == THREAD, LogEntry.after_reply_id >= first)
        .order_by(LogEntry.id)
        .limit(ENTRIES)
    )


def _first_entry(roots: CTE, how: Reading) -> Any:
    """Return the key from which entries belong to this page: what stood between it and the page before is told here."""
    if how.order != WRITTEN:
        return 0
    if not how.before:
        return KEY if how.after else 0
    # Read backwards, the last of the roots is the page before's, if there is one.
    size, first = select(func.count(), func.min(roots.c.id)).select_from(roots).subquery().c
    return select(case((size > SIZE, first), else_=0)).scalar_subquery()


class Conversation(NamedTuple):
    """A page of a thread; what staff did in it and stands beside no reply; the first voices at each passage of a rail."""

    page: Page[Voice]
    entries: list[type_of_item]
    rail: dict[int, list[Voice]]

    @property
    def shown(self) -> list[int]:
        """Return the ids of all replies that the page shows."""
        at_rail = [voice for voices in self.rail.values() for voice in voices[:VOICES]]
        return [row.id for voice in [*self.page.rows, *at_rail] for row in (voice.reply, *voice.answers)]


def stream(
    thread: Thread, who: Any, place: Place, only: Filter | None = None, order: Order = AS_WRITTEN
) -> Conversation:
    """Return a page of the thread as this reader may see it, in one statement.

    As written, an entry stands before the reply that came after it, and those after the last reply are returned; in another
    order all are returned with the first page.
    """
    only = only or Filter()
    how, values = reading(only.scope(thread), order, place)
    asked = statement(visibility.rights(who), only.part, how)
    found = session().execute(asked, {**values, **only.values(thread)}).all()
    voices = _voices([row for row in found if row.type == "reply"])
    page_ = in_order([v for v in voices if not v.reply.railed], order, place, SIZE, lambda voice: voice.reply)
    entries = sorted((row for row in found if row.type == "entry"), key=lambda row: row.id)
    return Conversation(page_, _between(page_, entries) if order.name == WRITTEN else entries, _rail(voices))


@lru_cache(maxsize=256)
def statement(who: visibility.Rights, part: Part, how: Reading) -> Any:
    """Return the statement that reads a page, without the values of its parameters."""
    scope = part.scope()
    roots = ordered(scope, how, SIZE)
    shown = _with_rail(roots, part, how)
    voiced = rows(who).add_columns(shown.c.n, shown.c.railed).join(shown, shown.c.id == Reply.id)
    answers = rows(who).add_columns(literal(0), literal(0))
    parts = [voiced, answers.where(Reply.root_id.in_(select(shown.c.id)), Reply.number <= ANSWERS)]
    if not (part.of_theme or part.of_passage) and (how.order == WRITTEN or not how.begun):
        # A limit inside a union needs a select of its own around it on SQLite.
        parts.append(select(*_entries(_first_entry(roots, how)).subquery().c))
    return union_all(*parts)


def _with_rail(roots: CTE, part: Part, how: Reading) -> Any:
    """Return (id, n, railed) of the page's roots and of the first voices at each passage of the rail."""
    page_ = select(roots.c.id, roots.c.n, literal(0).label("railed"))
    if not part.rail:
        return page_.cte("shown")
    theme = Part(of_theme=True, of_passage=False, rail=None).scope()
    at_rail = theme.but(Reply.passage_id.in_(bindparam("rail", expanding=True)))
    here = first_of_each(Reply.passage_id, at_rail, how, VOICES + 1)
    return union_all(page_, select(here.subquery(), literal(1))).cte("shown")


def _voices(found: list[type_of_item]) -> list[Voice]:
    voices = {row.id: Voice(row) for row in found if row.root_id is None}
    for row in sorted((row for row in found if row.root_id is not None), key=lambda row: row.number):
        voices[row.root_id].answers.append(row)
    return list(voices.values())


def _rail(voices: list[Voice]) -> dict[int, list[Voice]]:
    rail: dict[int, list[Voice]] = {}
    for voice in sorted((v for v in voices if v.reply.railed), key=lambda voice: voice.reply.n):
        rail.setdefault(voice.reply.passage_id, []).append(voice)
    return rail


def _between(shown: Page[Voice], rest: list[type_of_item]) -> list[type_of_item]:
    """Put each entry before the reply that came after it; return those that came after the last reply of all."""
    for voice in shown.rows:
        voice.entries = [row for row in rest if _after(row) < voice.reply.id]
        rest = rest[len(voice.entries) :]
    return rest if shown.later is None else []


def _after(entry: type_of_item) -> int:
    return int(entry.passage_id)


def answers(root_id: int, who: Any, place: Place) -> Page[type_of_item]:
    """Return a page of all answers under a reply, by their number."""
    under = rows(who).where(Reply.root_id == root_id)
    found = session().execute(window(under, Reply.number, place, SIZE)).all()
    return page(found, SIZE, place, lambda row: row.number)

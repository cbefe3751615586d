from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.essays.models import Edition, Essay, PassageText
from forum.themes.models import Theme
from forum.threads import arrivals, stream, visibility
from forum.threads.models import Anchor, Placement, Reply, Revision, Seeking, Tally, Thread
from forum.threads.order import WRITTEN, Order
from forum.threads.ordering import in_order, ordered, reading
from forum.threads.part import THEME
from forum.threads.reading import Reading, Scope

SIZE = 30
NO_TRACE = timedelta(minutes=15)
THREAD_TITLE = Thread.title.label("thread_title")
PINS = 20


def thread(thread_id: int, who: Any) -> tuple[Thread, list[PassageText]] | None:
    """Return a thread that this reader may see, with the current text of its essay ([] for a member's thread)."""
    row = session().execute(_thread(visibility.audience(who)), {"thread": thread_id}).first()
    return (row[0], row[1] or []) if row else None


@lru_cache(maxsize=3)
def _thread(who: visibility.Rights) -> Select[*tuple[Any, ...]]:
    return (
        select(Thread, Edition.content)
        .outerjoin(Thread.essay)
        .outerjoin(Thread.theme)
        .outerjoin(Thread.author)
        .outerjoin(Edition, and_(Edition.essay_id == Essay.id, Edition.number == Essay.edition_number))
        .options(*map(contains_eager, (Thread.essay, Thread.theme, Thread.author)), arrivals.newest, arrivals.listening)
        .where(Thread.id == bindparam("thread"), visibility.threads(who))
    )


def merged_into(thread_id: int, who: Any) -> Thread | None:
    """Return the thread in which one stands that was merged, if this reader may see it."""
    into = select(Thread.merged_into_id).where(Thread.id == thread_id).scalar_subquery()
    return session().scalar(select(Thread).where(Thread.id == into, visibility.threads(who)))


def first_level(thread_id: int, place: Place, who: Any) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of a thread's replies of the first level as written, without their answers."""
    replies = stream.rows(who).where(Reply.thread_id == thread_id, Reply.root_id.is_(None))
    found = session().execute(window(replies, Reply.id, place, SIZE)).all()
    return page(found, SIZE, place, lambda row: row.id)


def reply(reply_id: int, who: Any) -> Reply | None:
    """Return a reply whose place this reader may see; a withdrawn or hidden one too, whose place is a stub."""
    found = select(Reply).join(Reply.thread).where(Reply.id == reply_id, visibility.threads(who))
    return session().scalar(found.options(joinedload(Reply.thread), joinedload(Reply.author), joinedload(Reply.theme)))


def leaves_no_trace(reply: Reply) -> bool:
    """Return whether a change of a reply leaves no trace: soon after it was written, and before anyone answered or flagged it."""
    if reply.revision or reply.flagged or clock.now() - reply.created_at > NO_TRACE:
        return False
    return session().scalar(select(Reply.id).where(Reply.answers_id == reply.id).limit(1)) is None


def revision(reply_id: int, number: int, who: Any) -> Revision | None:
    """Return an earlier wording of a reply whose words are for this reader."""
    of = reply(reply_id, who)
    return session().get(Revision, (reply_id, number)) if of and visibility.earlier_words(who, of) else None


def shown(reply_id: int, who: Any) -> Row[*tuple[Any, ...]] | None:
    """Return one reply as pages show it (see stream.columns)."""
    return session().execute(stream.rows(who).where(Reply.id == reply_id)).first()


@dataclass(slots=True)
class Count:
    """How many replies a thread of an essay holds: for each theme, and for each passage and theme.

    `leads` holds the newest voice of each passage, for its margin.
    """

    themes: list[Row[*tuple[Any, ...]]]
    by_theme: dict[str, int]
    by_passage: dict[int, int]
    by_both: dict[tuple[int, str], int]
    leads: dict[int, Row[*tuple[Any, ...]]]


def counted(thread_id: int) -> Count:
    """Return all themes in order, how many replies this thread holds for each, and who spoke last: one statement."""
    tally = [Tally.passage_id, Tally.replies, Tally.newest_id]
    newest = [Reply.html, Reply.author_id, Member.name.label("author"), Reply.kind]
    rows = session().execute(
        select(Theme.id, Theme.key, Theme.name, Theme.question, Theme.position, *tally, *newest)
        .outerjoin(Tally, and_(Tally.theme_id == Theme.id, Tally.thread_id == thread_id))
        .outerjoin(Reply, and_(Reply.id == Tally.newest_id, Tally.passage_id != 0))
        .outerjoin(Member, Member.id == Reply.author_id)
        .order_by(Theme.position, Theme.id)
    )
    count = Count([], {}, {}, {}, {})
    for row in rows:
        if row.key not in count.by_theme:
            count.themes.append(row)
        replies = row.replies or 0
        count.by_theme[row.key] = count.by_theme.get(row.key, 0) + replies
        if row.passage_id:
            count.by_passage[row.passage_id] = count.by_passage.get(row.passage_id, 0) + replies
            count.by_both[row.passage_id, row.key] = replies
            if row.html and row.newest_id > getattr(count.leads.get(row.passage_id), "newest_id", 0):
                count.leads[row.passage_id] = row
    return count


def _listing(who: Any) -> Select[*tuple[Any, ...]]:
    """Return what a list shows of a thread."""
    return (
        select(
            Thread.id,
            Thread.title,
            Thread.essay_id,
            Theme.key.label("theme"),
            Theme.name.label("theme_name"),
            Theme.position.label("hue"),
            Member.name.label("author"),
            Thread.reply_count,
            Thread.created_at,
            Thread.latest_at,
            Thread.activity,
            Thread.state,
            Thread.members_only,
            Thread.locked_at,
            Thread.locked_reason,
            Thread.pin_scope,
            Thread.pinned_reason,
            Thread.pinned_until,
        )
        .outerjoin(Theme, Theme.id == Thread.theme_id)
        .outerjoin(Member, Member.id == Thread.author_id)
        .where(visibility.threads(who))
    )


def _pinned(theme_id: int | None) -> ColumnElement[bool]:
    """Return which threads stand first in this list: forum-wide pins everywhere, a theme's own pins in its list only."""
    scope = Thread.pin_scope == "forum" if theme_id is None else Thread.pin_scope.in_(("forum", "theme"))
    return and_(scope, or_(Thread.pinned_until.is_(None), Thread.pinned_until > clock.now()))


def threads(
    who: Any, place: Place, theme_id: int | None = None
) -> tuple[Sequence[Row[*tuple[Any, ...]]], Page[Row[*tuple[Any, ...]]]]:
    """Return the pinned threads (on the first page only), and a page of the others by latest activity."""
    listing = _listing(who)
    if theme_id is not None:
        listing = listing.where(Thread.theme_id == theme_id)
    pinned_first = _pinned(theme_id)
    pins = listing.where(pinned_first).order_by(Thread.pinned_at.desc(), Thread.id.desc()).limit(PINS)
    rest = listing.where(~pinned_first)
    first = session().execute(pins).all() if place.key is None else []
    found = session().execute(window(rest, Thread.activity, place, SIZE, newest_first=True)).all()
    return first, page(found, SIZE, place, lambda row: row.activity)


def _listed(replies: Select[Any], who: Any) -> Select[Any]:
    return replies.join(Thread, Thread.id == Reply.thread_id).where(visibility.listed(who))


def of_theme(theme_id: int, place: Place, who: Any, order: Order) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of a theme's replies of the first level, wherever they stand."""
    rights = visibility.rights(who)
    how, values = reading(_theme(rights, f"theme {theme_id}"), order, place)
    found = session().execute(_of_theme(rights, how), {**values, "theme": theme_id}).all()
    return in_order(found, order, place, SIZE, lambda row: row)


def _theme(who: visibility.Rights, name: str = "") -> Scope:
    """Return a theme as a place that has turns of its own."""

    def only(replies: Select[Any]) -> Select[Any]:
        of_theme = Reply.theme_id == THEME
        return _listed(replies.where(of_theme, Reply.root_id.is_(None)), who)

    return Scope(name, Reply.forum_turn, only)


@lru_cache(maxsize=64)
def _of_theme(who: visibility.Rights, how: Reading) -> Select[*tuple[Any, ...]]:
    roots = ordered(_theme(who), how, SIZE)
    return _listed(stream.rows(who), who).join(roots, roots.c.id == Reply.id).add_columns(THREAD_TITLE, roots.c.n)


def of_author(author_id: int, place: Place, who: Any) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of what a member wrote, newest first."""
    replies = _listed(stream.rows(who).where(Reply.author_id == author_id), who).add_columns(THREAD_TITLE)
    found = session().execute(window(replies, Reply.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.id)


def place_of(reply: Reply) -> dict[str, Any]:
    """Return the query of the thread's page that shows a reply's root: none while all fits on one page, else as written."""
    root = reply.root_id or reply.id
    of_thread = select(Reply.id).where(Reply.thread_id == reply.thread_id, Reply.root_id.is_(None))
    first = session().scalars(of_thread.order_by(Reply.id).limit(stream.SIZE + 1)).all()
    if len(first) <= stream.SIZE:
        return {}
    if root < first[-1]:
        return {"order": WRITTEN}
    # Further on, the page begins a few replies before the one that was asked for, so that it stands in its context.
    before = session().scalars(of_thread.where(Reply.id < root).order_by(Reply.id.desc()).limit(6)).all()
    return {"order": WRITTEN, "after": before[-1]}


def words_of(reply_id: int, thread: Thread, who: Any) -> Row[*tuple[Any, ...]] | None:
    """Return where the current text of a thread's essay has the words that a reply quotes, if it has them."""
    placed = (
        select(Placement.passage_id, Placement.start, Placement.end)
        .join(Anchor, Anchor.reply_id == Placement.reply_id)
        .join(Reply, Reply.id == Anchor.reply_id)
        .join(Thread, Thread.id == Reply.thread_id)
        .join(Essay, and_(Essay.id == Anchor.essay_id, Essay.edition_number == Placement.edition))
        .where(Reply.id == reply_id, Anchor.thread_id == thread.id, Placement.passage_id.is_not(None))
        .where(visibility.threads(who), visibility.quoted(who) != "")
    )
    return session().execute(placed).first()


def sought(thread_id: int) -> Seeking | None:
    """Return how far the words quoted in a thread have been found, while they still are looked for."""
    return session().get(Seeking, thread_id)


def essay_threads() -> dict[int, Thread]:
    """Return the threads of essays by the essay's id."""
    found = session().scalars(select(Thread).where(Thread.essay_id.is_not(None)))
    return {int(thread.essay_id): thread for thread in found if thread.essay_id}

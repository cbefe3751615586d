"""What is new for a member: what others wrote where they have been, and was not shown to them yet; and what they are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member, Mute
from forum.core.db import read, session
from forum.core.log import LogEntry
from forum.core.pages import Page, Place, page, window
from forum.listening.models import Listener
from forum.moderation.models import Appeal, Decision
from forum.notices import seen
from forum.notices.models import FOLLOW, MUTE, THEME, THREAD, Notice, Seen, Tiding, Tie
from forum.notices.told import DECIDED, OF_THREADS
from forum.notices.visibility import alive, heard
from forum.themes.models import Theme
from forum.threads import visibility
from forum.threads.models import STANDING, Reply, Thread

SIZE = 50
MOST = 100  # new replies of a thread or theme that are counted
THREADS = 50  # of those where a member has been, the latest ones are looked through for what is new


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a thread or theme: `ids`, in order, at most MOST; `since` says that all came after the last visit.

    `level` is what the member chose to be told of it.
    """

    ids: tuple[int, ...] = ()
    upto: int = 0
    since: bool = True
    level: str = ""
    listens_until: date | None = None

    @property
    def whole(self) -> bool:
        return len(self.ids) < MOST


def unseen(member_id: Any) -> ColumnElement[bool]:
    """Return that a reply was not shown to this member yet."""
    bit = Seen.bits.bitwise_rshift(Reply.id % seen.SIZE).bitwise_and(1)
    return ~exists().where(Seen.member_id == member_id, Seen.block == Reply.id // seen.SIZE, bit == 1)


def within(scope: str, scope_id: Any) -> ColumnElement[bool]:
    """Return that a reply stands in a thread, or that the page of a theme shows it."""
    if scope == THREAD:
        return Reply.thread_id == scope_id
    shown = exists().where(Thread.id == Reply.thread_id, visibility.threads(visibility.MEMBERS))
    return and_(Reply.theme_id == scope_id, Reply.root_id.is_(None), shown)


def muted(thread: Any, theme: Any) -> ColumnElement[bool]:
    """Return that a member wants to hear nothing, by their ties to a thread and its theme; a thread that is followed speaks."""
    chosen = func.coalesce(thread.level, "")
    return or_(chosen == MUTE, and_(chosen != FOLLOW, func.coalesce(theme.level, "") == MUTE))


def _new(member_id: Any) -> ColumnElement[bool]:
    return and_(Reply.state == STANDING, Reply.author_id != member_id, unseen(member_id))


def tie(member_id: int, scope: str, scope_id: int) -> Tie | None:
    return session().get(Tie, (member_id, scope, scope_id))


def tied(member_id: int, scope: str, scope_id: int) -> Tie:
    """Return the tie of a member to a thread or theme; a new one, where there was none, is added to the transaction."""
    its = tie(member_id, scope, scope_id)
    if its is None:
        its = Tie(member_id=member_id, scope=scope, scope_id=scope_id, upto=0, level="")
        session().add(its)
    return its


def news(member_id: int, scope: str, scope_id: int) -> News:
    """Return what is new where a member has been: nothing where they have not."""
    rows = read(_news(scope), {"member": member_id, "here": scope_id}).all()
    if not rows:
        return News()
    level, until = rows[0].level or "", rows[0].until
    if rows[0].id is None:
        return News(level=level, listens_until=until)
    since = rows[0].created_at >= rows[0].seen_at
    return News(tuple(row.id for row in rows), rows[0].upto, since, level, until)


@lru_cache(maxsize=2)
def _news(scope: str) -> Select[int, datetime, int, datetime | None, str, date]:
    member, here = bindparam("member", type_=Integer), bindparam("here", type_=Integer)
    new = and_(within(scope, here), Reply.id > Tie.upto, Tie.seen_at.is_not(None), _new(member))
    its = and_(Tie.member_id == Member.id, Tie.scope == scope, Tie.scope_id == here)
    listens = and_(Listener.member_id == Member.id, Listener.thread_id == here, literal(scope == THREAD))
    told = select(Reply.id, Reply.created_at, Tie.upto, Tie.seen_at, Tie.level, Listener.until).select_from(Member)
    tied = told.outerjoin(Tie, its).outerjoin(Listener, listens).outerjoin(Reply, new)
    return tied.where(Member.id == member).order_by(Reply.id).limit(MOST)


def new_among(replies: Iterable[int], member_id: int, known: News) -> set[int]:
    """Return which of the replies on a page are new, where `known` holds the news of the place that the page shows."""
    shown = set(replies)
    if known.whole:
        return shown.intersection(known.ids)
    late = select(Reply.id).where(Reply.id.in_(shown), Reply.id > known.upto, _new(member_id))
    return set(session().scalars(late))


def newest(member_id: int) -> Sequence[Row[int, str, int, int, bool, bool]]:
    """Return the threads where something is new for a member, latest activity first: id, title, count, first new reply.

    `since` says that all of it came after the last visit, `muted` that the member wants to hear nothing of that thread.
    """
    return session().execute(_newest(), {"member": member_id}).all()


@lru_cache(maxsize=1)
def _newest() -> Select[int, str, int, int, bool, bool]:
    member = bindparam("member", type_=Integer)
    been = (Tie.member_id == member, Tie.scope == THREAD, Tie.seen_at.is_not(None))
    theme = aliased(Tie)
    of_theme = and_(theme.member_id == member, theme.scope == THEME, theme.scope_id == Thread.theme_id)
    latest = (
        select(Thread.id, Thread.title, Thread.activity, Tie.upto, Tie.seen_at, muted(Tie, theme).label("muted"))
        .join(Tie, Tie.scope_id == Thread.id)
        .outerjoin(theme, of_theme)
        .where(*been, visibility.threads(visibility.MEMBERS))
        .order_by(Thread.activity.desc())
        .limit(THREADS)
        .subquery()
    )
    new = select(Reply.id).where(Reply.thread_id == latest.c.id, Reply.id > latest.c.upto, _new(member))
    new = new.order_by(Reply.id).correlate(latest)
    count = select(func.count()).select_from(new.limit(MOST).subquery()).scalar_subquery()
    first = select(latest, new.limit(1).scalar_subquery().label("first"), count.label("count")).subquery()
    since = (Reply.created_at >= first.c.seen_at).label("since")
    told = select(first.c.id, first.c.title, first.c.count, first.c.first, since, first.c.muted)
    return told.join(Reply, Reply.id == first.c.first).order_by(first.c.activity.desc())


def levels(member_id: int, place: Place) -> tuple[Sequence[Row[str, str, str]], Page[Row[int, str, str]]]:
    """Return the themes that a member follows or mutes (key, name, level), and a page of such threads (id, title, level)."""
    chosen = (Tie.member_id == member_id, Tie.level.in_((FOLLOW, MUTE)))
    themes = select(Theme.key, Theme.name, Tie.level).join(Theme, Theme.id == Tie.scope_id)
    threads = select(Thread.id, Thread.title, Tie.level).join(Thread, Thread.id == Tie.scope_id)
    threads = threads.where(*chosen, Tie.scope == THREAD, visibility.threads(visibility.MEMBERS))
    found = session().execute(window(threads, Thread.id, place, SIZE, newest_first=True)).all()
    of_themes = session().execute(themes.where(*chosen, Tie.scope == THEME).order_by(Theme.position)).all()
    return of_themes, page(found, SIZE, place, lambda row: row.id)


def blocks(member_id: int, numbers: Iterable[int]) -> dict[int, int]:
    """Return the bits of some blocks of what a member has seen."""
    held = select(Seen.block, Seen.bits).where(Seen.member_id == member_id, Seen.block.in_(list(numbers)))
    return {row.block: row.bits for row in session().execute(held)}


def shown(replies: Iterable[int], scope: str, scope_id: int) -> list[int]:
    """Return which of these ids are replies of a thread or theme."""
    return list(session().scalars(select(Reply.id).where(Reply.id.in_(list(replies)), within(scope, scope_id))))


def known_up_to(member_id: int, scope: str, scope_id: int, upto: int) -> int:
    """Return up to which reply a member has seen all of a thread or theme, if it was all up to `upto` before."""
    rest = and_(within(scope, scope_id), Reply.id > upto)
    left = select(Reply.id).where(rest, Reply.author_id != member_id, unseen(member_id))
    if first := session().scalar(left.order_by(Reply.id).limit(1)):
        return first - 1
    return session().scalar(select(func.max(Reply.id)).where(rest)) or upto


def any_seen_before(at: datetime) -> bool:
    return bool(session().scalar(select(or_(exists().where(Seen.at < at), exists().where(Tie.seen_at < at)))))


def notices(member_id: int, place: Place) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of what a member was told, newest first. Of a decision it says what the log does.

    A hidden thread has no `title`, not even for who opened it: it is told by when it was opened.
    """
    columns = (Notice.id, Notice.kind, Notice.sequence, Notice.at, Notice.read_at, Notice.reply_id, Notice.entry_id)
    title = case((visibility.threads(visibility.MEMBERS), Thread.title)).label("title")
    thread = (Thread.id.label("thread_id"), Thread.created_at.label("opened_at"), title)
    decided = (
        LogEntry.act,
        LogEntry.actor_role,
        LogEntry.reason,
        LogEntry.detail,
        func.coalesce(Decision.id, Appeal.decision_id).label("decision_id"),
        Appeal.flag_id,
    )
    said = or_(Decision.entry_id == LogEntry.id, Decision.undone_entry_id == LogEntry.id)
    author = Member.name.label("author")
    listed = (
        select(*columns, *thread, Theme.key.label("theme"), Theme.name.label("theme_name"), *decided, author)
        .outerjoin(Thread, Thread.id == Notice.thread_id)
        .outerjoin(Member, Member.id == Thread.author_id)
        .outerjoin(Theme, Theme.id == Notice.theme_id)
        .outerjoin(LogEntry, LogEntry.id == Notice.entry_id)
        .outerjoin(Appeal, and_(Appeal.entry_id == LogEntry.id, Appeal.by_id == member_id))
        .outerjoin(Decision, and_(said, Decision.author_id == member_id))
        .where(Notice.member_id == member_id, alive())
    )
    found = session().execute(window(listed, Notice.sequence, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.sequence)


def tidings(notice_ids: Iterable[int], member_id: int) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return of each notice how many replies of how many people it tells, the first one to read, and the newest one's words."""
    told = (
        select(
            Tiding.notice_id,
            func.count().label("count"),
            func.count(Reply.author_id.distinct()).label("people"),
            func.min(case((unseen(member_id), Reply.id))).label("first"),
            func.max(Reply.id).label("newest"),
        )
        .join(Reply, Reply.id == Tiding.reply_id)
        .join(Thread, Thread.id == Reply.thread_id)
        .where(Tiding.notice_id.in_(list(notice_ids)), heard(member_id))
        .group_by(Tiding.notice_id)
        .subquery()
    )
    newest = select(told, Reply.html, Member.name.label("author"), Thread.title)
    newest = newest.join(Reply, Reply.id == told.c.newest).join(Reply.author).join(Reply.thread)
    return {row.notice_id: row for row in session().execute(newest)}


def notice(notice_id: int, member_id: int) -> Notice | None:
    return session().scalar(select(Notice).where(Notice.id == notice_id, Notice.member_id == member_id))


def waiting_at(member_id: int, scope: str, scope_id: int, replies: Sequence[int]) -> Sequence[int]:
    """Return the unread notices of what a page of a thread or theme shows, on which these replies were shown."""
    told = exists().where(Tiding.notice_id == Notice.id, Tiding.reply_id.in_(replies))
    about = or_(told, and_(Notice.kind == DECIDED, Notice.reply_id.in_(replies)))
    if scope == THREAD:
        whole = or_(Notice.kind.in_(OF_THREADS), and_(Notice.kind == DECIDED, Notice.reply_id.is_(None)))
        about = or_(about, and_(Notice.thread_id == scope_id, whole))
    return (
        session().scalars(select(Notice.id).where(Notice.member_id == member_id, Notice.read_at.is_(None), about)).all()
    )


def followers(scope: str, scope_id: int | None, after: int, most: int) -> Sequence[int]:
    """Return the first members above an id who follow a thread or theme."""
    tied = select(Tie.member_id).where(Tie.scope == scope, Tie.scope_id == scope_id, Tie.level == FOLLOW)
    return session().scalars(tied.where(Tie.member_id > after).order_by(Tie.member_id).limit(most)).all()


def hearing(members: Iterable[int], author_id: int, thread_id: int, theme_id: int | None) -> set[int]:
    """Return who of some members wants to hear what someone else writes in a thread, under a theme."""
    thread, theme = aliased(Tie), aliased(Tie)
    hears = ~exists().where(Mute.muter_id == Member.id, Mute.muted_id == author_id)
    asked = (
        select(Member.id)
        .outerjoin(thread, and_(thread.member_id == Member.id, thread.scope == THREAD, thread.scope_id == thread_id))
        .outerjoin(theme, and_(theme.member_id == Member.id, theme.scope == THEME, theme.scope_id == theme_id))
        .where(Member.id.in_(list(members)), Member.id != author_id, hears, ~muted(thread, theme))
    )
    return set(session().scalars(asked))


def told_of(members: Iterable[int], reply_id: int, *, still: bool = False) -> set[int]:
    """Return who of some members was told of a reply (`still`: and has not read of it yet)."""
    told = select(Notice.member_id).join(Tiding, Tiding.notice_id == Notice.id).where(Tiding.reply_id == reply_id)
    told = told.where(Notice.member_id.in_(list(members)))
    return set(session().scalars(told.where(Notice.read_at.is_(None)) if still else told))


def shown_to(members: Iterable[int], reply_id: int) -> set[int]:
    """Return to whom of some members a reply was shown."""
    member = select(Member.id).join(Reply, Reply.id == reply_id)
    return set(session().scalars(member.where(Member.id.in_(list(members)), ~unseen(Member.id))))

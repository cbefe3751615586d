"""Telling members: at once those whom something concerns, in the background all who follow a place.

Nobody is told of what they did themselves, of what someone wrote whom they muted, or of what others wrote where they want to
hear nothing. Of one reply each is told once, by the kind that is nearest to them.
"""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select, update

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.log import LogEntry
from forum.notices import queries, told
from forum.notices.actions.counting import count
from forum.notices.models import THEME, THREAD, Notice, Telling, Tiding
from forum.notices.told import (
    ANSWERED,
    ASKED,
    CALLED,
    DECIDED,
    FOLLOWED,
    MENTIONED,
    OPENED,
    REMINDED,
    REPLIED,
    THEMED,
    Told,
    concerns,
)
from forum.threads.models import Reply, Thread

BATCH = 50  # members who are told in one transaction
MOST = 100  # replies that one notice tells of


def reply(made: Reply) -> None:
    """Tell whom a reply answers, and let its followers be told; inside a transaction."""
    if made.answers_id is None:
        whom = session().get_one(Thread, made.thread_id).author_id
        what = Told(REPLIED, thread_id=made.thread_id)
    else:
        whom = session().get_one(Reply, made.answers_id).author_id
        what = Told(ANSWERED, thread_id=made.thread_id, reply_id=made.answers_id)
    if whom:  # who left is told nothing
        _tell(queries.hearing([whom], made.author_id, made.thread_id, made.theme_id), what, made.id)
    session().add(Telling(thread_id=made.thread_id, reply_id=made.id))


def thread(opened: Thread) -> None:
    """Let those who follow its theme be told of a new thread; inside a transaction."""
    session().add(Telling(thread_id=opened.id))


def mention(text: Reply | Thread, members: Collection[int]) -> None:
    """Tell whom a text mentions, unless they have not read yet that it answers them; inside a transaction."""
    if isinstance(text, Reply):
        hearing = queries.hearing(members, text.author_id, text.thread_id, text.theme_id)
        unaware = hearing - queries.told_of(hearing, text.id, still=True)
        _tell(unaware, Told(MENTIONED, thread_id=text.thread_id), text.id)
    elif text.author_id is not None:
        _tell(queries.hearing(members, text.author_id, text.id, text.theme_id), Told(CALLED, thread_id=text.id))


def decision(entry: LogEntry) -> None:
    """Tell those whose words it concerns what someone who keeps a thread has done, wherever they hear nothing else.

    Inside a transaction.
    """
    for author_id, reply_id in _concerned(entry):
        if author_id and author_id != entry.actor_id:
            of_reply = session().get_one(Reply, reply_id).thread_id if reply_id else None
            thread_id = entry.thread_id or of_reply
            what = Told(DECIDED, thread_id=thread_id, reply_id=reply_id, entry_id=entry.id)
            _tell({author_id}, what)


def to_mend(reply: Reply) -> None:
    """Tell its author that a reply is to be mended; inside a transaction."""
    _tell({reply.author_id}, Told(ASKED, thread_id=reply.thread_id, reply_id=reply.id))


def remind(member_id: int) -> None:
    """Tell a member that the day has come on which they wanted to be asked, and not of what; inside a transaction."""
    _tell({member_id}, Told(REMINDED))


def _concerned(entry: LogEntry) -> list[tuple[int | None, int | None]]:
    """Return the ids of authors, each with that of their reply if it is about one."""
    whose = concerns(entry.act, entry.detail, entry.reply_id)
    if whose == told.REPLY:
        return [(session().get_one(Reply, entry.reply_id).author_id, entry.reply_id)]
    if whose == told.MEMBER:
        return [(entry.member_id, None)]
    if whose == told.THREAD:
        return [(session().get_one(Thread, entry.thread_id).author_id, None)]
    if whose == told.REPLIES:
        here = select(Reply.author_id, func.min(Reply.id)).where(Reply.thread_id == entry.thread_id)
        rows = session().execute(here.where(Reply.root_id.is_(None)).group_by(Reply.author_id)).all()
        return [(author_id, reply_id) for author_id, reply_id in rows]
    return []


def go_on() -> Iterator[int]:
    """Tell the followers who wait for it, batch after batch; yield how many were told after each.

    Each batch is a transaction of its own, so this can be broken off anywhere, and done by several processes at once.
    """
    while session().scalar(select(Telling.id).limit(1)) is not None:
        with transaction(public=False):
            telling = session().scalar(select(Telling).order_by(Telling.id).limit(1))
            number = _tell_followers(telling) if telling else 0  # else another process was here first
        yield number
    session().rollback()


def _tell_followers(telling: Telling) -> int:
    made = session().get(Reply, telling.reply_id) if telling.reply_id else None
    of_thread, of_theme = _followers(telling, made)
    members = sorted({*of_thread, *of_theme})[:BATCH]
    hearing = _unaware(telling, made, members)
    if made:
        nearer = hearing.intersection(of_thread)
        _tell(nearer, Told(FOLLOWED, thread_id=made.thread_id), made.id)
        _tell(hearing - nearer, Told(THEMED, theme_id=made.theme_id), made.id)
    else:
        theme_id = session().get_one(Thread, telling.thread_id).theme_id
        _tell(hearing, Told(OPENED, thread_id=telling.thread_id, theme_id=theme_id))
    if len(members) < BATCH:
        session().delete(telling)
    else:
        telling.reached = members[-1]
    return len(hearing)


def _followers(telling: Telling, made: Reply | None) -> tuple[Collection[int], Collection[int]]:
    """Return the next ones who follow the thread, and who follow the theme, whose page shows replies of the first level."""
    if made is None:
        theme_id = session().get_one(Thread, telling.thread_id).theme_id
        return [], queries.followers(THEME, theme_id, telling.reached, BATCH)
    of_thread = queries.followers(THREAD, made.thread_id, telling.reached, BATCH)
    if made.root_id is not None:
        return of_thread, []
    return of_thread, queries.followers(THEME, made.theme_id, telling.reached, BATCH)


def _unaware(telling: Telling, made: Reply | None, members: Collection[int]) -> set[int]:
    """Return who of some followers wants to hear of it, and neither was told yet nor has seen it."""
    if made:
        hearing = queries.hearing(members, made.author_id, made.thread_id, made.theme_id)
        return hearing - queries.told_of(hearing, made.id) - queries.shown_to(hearing, made.id)
    opened = session().get_one(Thread, telling.thread_id)
    hearing = queries.hearing(members, opened.author_id or 0, opened.id, opened.theme_id)
    called = select(Notice.member_id).where(Notice.kind == CALLED, Notice.thread_id == opened.id)
    return hearing.difference(session().scalars(called))


def _tell(members: Collection[int], what: Told, reply_id: int | None = None) -> None:
    """Tell members something: by a notice that waits for them already and is of the same place, or else by a new one."""
    if not members:
        return
    next_one = update(Member).where(Member.id.in_(members)).values(notice_sequence=Member.notice_sequence + 1)
    numbers = next_one.returning(Member.id, Member.notice_sequence).execution_options(synchronize_session=False)
    waiting = select(Notice).where(Notice.subject == what.subject, Notice.member_id.in_(members))
    known = {notice.member_id: notice for notice in session().scalars(waiting.where(Notice.read_at.is_(None)))}
    full = _full([notice.id for notice in known.values()]) if reply_id else set()
    about = {name: getattr(what, name) for name in ("kind", "subject", "thread_id", "theme_id", "reply_id", "entry_id")}
    notices = []
    for member_id, sequence in session().execute(numbers).all():
        notice = known.get(member_id) or Notice(member_id=member_id, **about)
        notice.sequence, notice.at = sequence, clock.now()
        notices.append(notice)
    session().add_all(notices)
    session().flush()
    if reply_id:
        session().add_all(Tiding(notice_id=one.id, reply_id=reply_id) for one in notices if one.id not in full)
    count(members)


def _full(notice_ids: Collection[int]) -> set[int]:
    counted = select(Tiding.notice_id).where(Tiding.notice_id.in_(notice_ids)).group_by(Tiding.notice_id)
    return set(session().scalars(counted.having(func.count() >= MOST)))

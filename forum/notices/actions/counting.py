"""How many notices wait for a member, kept by those who change it, so that no page has to count them."""

from collections.abc import Collection

from sqlalchemy import func, select, update

from forum.accounts.models import Member
from forum.core.db import session
from forum.notices.models import Notice, Tiding
from forum.notices.visibility import alive
from forum.threads.models import Reply

MOST = 100  # no more are counted


def count(members: Collection[int]) -> None:
    """Count anew what is unread for some members; inside a transaction."""
    if not members:
        return
    session().flush()
    unread = select(Notice.id).where(Notice.member_id == Member.id, Notice.read_at.is_(None), alive())
    some = unread.correlate(Member).limit(MOST).subquery()
    counted = update(Member).where(Member.id.in_(members))
    counted = counted.values(notice_count=select(func.count()).select_from(some).scalar_subquery())
    session().execute(counted.execution_options(synchronize_session=False))


def count_for_replies(reply_ids: Collection[int]) -> None:
    """The same for all who are told of some replies."""
    told = select(Notice.member_id).join(Tiding, Tiding.notice_id == Notice.id)
    count(set(session().scalars(told.where(Tiding.reply_id.in_(reply_ids), Notice.read_at.is_(None)))))


def count_for_thread(thread_id: int) -> None:
    """The same for all who are told of a thread, or of what stands in it."""
    unread = select(Notice.member_id).where(Notice.read_at.is_(None))
    within = unread.join(Tiding, Tiding.notice_id == Notice.id).join(Reply, Reply.id == Tiding.reply_id)
    of_replies = session().scalars(within.where(Reply.thread_id == thread_id))
    count({*session().scalars(unread.where(Notice.thread_id == thread_id)), *of_replies})

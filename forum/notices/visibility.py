"""What a notice may tell when it is shown, whatever was so when it came: the one rule for replies and threads, as SQL.

What was withdrawn or hidden since is told no more, and is told again when it stands again; nothing of it is kept here. What
was decided about one's own words is always told.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from forum.accounts.models import Mute
from forum.notices.models import Notice, Tiding
from forum.notices.told import ASKED, DECIDED, OF_REPLIES, OF_THREADS, REMINDED
from forum.threads import visibility
from forum.threads.models import Reply, Thread


def _hears(member_id: Any, author_id: Any) -> ColumnElement[bool]:
    muted = exists().where(Mute.muter_id == member_id, Mute.muted_id == author_id)
    return ~muted.correlate(Notice, Reply, Thread)


def heard(member_id: Any) -> ColumnElement[bool]:
    """Return that a reply may be told to a member; the query must join Thread."""
    return and_(visibility.listed(visibility.MEMBERS), _hears(member_id, Reply.author_id))


def tells(*of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a notice tells of a reply that may be told, and for which all of these hold."""
    its = (Tiding.notice_id == Notice.id, Reply.id == Tiding.reply_id, Thread.id == Reply.thread_id)
    return exists().where(*its, heard(Notice.member_id), *of).correlate(Notice)


def alive() -> ColumnElement[bool]:
    """Return that a notice has something to tell."""
    opened = exists().where(
        Thread.id == Notice.thread_id,
        visibility.threads(visibility.MEMBERS),
        _hears(Notice.member_id, Thread.author_id),
    )
    return or_(
        Notice.kind.in_((DECIDED, ASKED, REMINDED)),
        and_(Notice.kind.in_(OF_REPLIES), tells()),
        and_(Notice.kind.in_(OF_THREADS), opened.correlate(Notice)),
    )

"""When a notice has been read: its member says so, or was shown all that it tells of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.notices import queries
from forum.notices.actions.counting import count
from forum.notices.models import THREAD, Notice
from forum.notices.told import ASKED, DECIDED, REMINDED
from forum.notices.visibility import tells


def read(notice: Notice, *, by: Member) -> None:
    with transaction(public=False):
        require("read_notice", by, notice)
        _read(by.id, Notice.id == notice.id)


def read_all(upto: int, *, by: Member) -> None:
    """Take all that a member was told for read, up to a sequence number: what came later they have not been shown."""
    with transaction(public=False):
        _read(by.id, Notice.sequence <= upto)


def hush(scope: str, scope_id: int, member_id: int) -> None:
    """Let what someone was told of a thread or theme wait no longer, now that they muted it; inside a transaction."""
    of = Notice.thread_id if scope == THREAD else Notice.theme_id
    _read(member_id, of == scope_id, Notice.kind != DECIDED)


def answered(member_id: int, reply_id: int) -> None:
    """Let it wait no longer that a reply is to be mended, now that its author has answered; inside a transaction."""
    _read(member_id, Notice.kind == ASKED, Notice.reply_id == reply_id)


def settled(member_id: int) -> None:
    """Let it wait no longer that a member wanted to be asked, now that they have answered; inside a transaction."""
    _read(member_id, Notice.kind == REMINDED)


def shown(member_id: int, notice_ids: Sequence[int]) -> None:
    """Take those of these notices for read of which everything has been shown; inside a transaction."""
    _read(member_id, Notice.id.in_(notice_ids), ~tells(queries.unseen(member_id)))


def _read(member_id: int, *which: ColumnElement[bool]) -> None:
    unread = update(Notice).where(Notice.member_id == member_id, Notice.read_at.is_(None), *which)
    session().execute(unread.values(read_at=clock.now()).execution_options(synchronize_session=False))
    count([member_id])


def forget(before: datetime) -> int:
    """Delete older notices; return how many they were."""
    old = Notice.at < before
    if session().scalar(select(Notice.id).where(old).limit(1)) is None:
        return 0
    with transaction(public=False):
        members = set(session().scalars(select(Notice.member_id).where(old, Notice.read_at.is_(None))))
        gone = session().execute(delete(Notice).where(old).execution_options(synchronize_session=False))
        count(members)
        return gone.rowcount  # type: ignore[attr-defined]

"""Telling followers, and what a member has been told: as kinds, as the page says it, as the badge counts it."""

import re

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.db import session
from forum.core.pages import Place
from forum.notices import queries
from forum.notices.actions import telling
from forum.notices.models import Notice, Tiding


def told() -> int:
    """Tell all followers who wait for it; return in how many batches."""
    return sum(1 for _batch in telling.go_on())


def kinds(member: Member, *, unread: bool = True) -> list[str]:
    """Return what stands in a member's list, the latest first; only what is unread, unless asked for all."""
    rows = queries.notices(member.id, Place()).rows
    session().rollback()
    return [row.kind for row in rows if not (unread and row.read_at)]


def replies(member: Member, kind: str) -> list[int]:
    """Return the replies of which a member's notices of a kind tell."""
    of = select(Tiding.reply_id).join(Notice, Notice.id == Tiding.notice_id)
    found = (
        session().scalars(of.where(Notice.member_id == member.id, Notice.kind == kind).order_by(Tiding.reply_id)).all()
    )
    session().rollback()
    return list(found)


def waiting(member: Member) -> int:
    """Return the number on a member's badge."""
    session().rollback()
    session().expire_all()
    return session().get_one(Member, member.id).notice_count


def listed(page: str) -> list[str]:
    """Return the sentences of the list, as one reads them."""
    told = re.findall(r'<p class="told">(.*?)</p>', page, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", one).split()) for one in told]

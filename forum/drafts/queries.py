"""One's own drafts, and nobody else's: each statement asks for the member."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import contains_eager

from forum.accounts.models import Member
from forum.core.db import session
from forum.core.shared import Reader
from forum.drafts.models import Draft
from forum.drafts.targets import EDIT, NEW, OPENING, THREAD, Target
from forum.themes.models import Theme
from forum.threads import visibility
from forum.threads.models import Reply, Thread

type_of_found = Row[Draft, Thread, str, bool]  # all but the first may be None


def own(draft_id: int, who: Any) -> Draft | None:
    return session().scalar(select(Draft).where(Draft.id == draft_id, Draft.member_id == who.id))


def at(target: Target, who: Any) -> Draft | None:
    """Return what this member keeps for a target."""
    return session().scalar(select(Draft).where(Draft.member_id == who.id, Draft.target == str(target)))


def waits_in(reader: Reader, *, reference: tuple[int, str]) -> bool:
    """Return whether this reader has begun a reply to a thread: then its page is not the one that others see."""
    if not reader.draft_count:
        return False
    begun = select(Draft.id).where(Draft.member_id == reader.id, Draft.thread_id == reference[0])
    return session().scalar(begun.limit(1)) is not None


def followed(target: Target) -> Target:
    """Return where a reply to a thread goes that was merged into another one."""
    if target.kind != THREAD:
        return target
    into = session().scalar(select(Thread.merged_into_id).where(Thread.id == target.id))
    return Target(THREAD, into) if into else target


def sees(target: Target, who: Any) -> bool:
    """Return whether there is, for this member, what a draft would be for."""
    if target.kind == NEW:
        return target.id == 0 or session().get(Theme, target.id) is not None
    found = select(Thread.id).where(visibility.threads(who))
    if target.kind in {THREAD, OPENING}:
        found = found.where(Thread.id == target.id)
        author: Any = Thread.author_id
    else:
        found = found.join(Reply, Reply.thread_id == Thread.id).where(Reply.id == target.id)
        author = Reply.author_id
    if target.kind in {EDIT, OPENING}:
        found = found.where(author == who.id)
    return session().scalar(found) is not None


def everything(who: Any) -> Sequence[type_of_found]:
    """Return all drafts of a member, the one that was kept last first (see `_found`)."""
    return session().execute(_found(who).order_by(Draft.sequence.desc())).all()


def found(draft_id: int, who: Any) -> type_of_found | None:
    return session().execute(_found(who).where(Draft.id == draft_id)).first()


def _found(who: Any) -> Select[Draft, Thread, str, bool]:
    """Select drafts, each with its thread, the author of its reply, and whether its member may see that thread."""
    return (
        select(Draft, Thread, Member.name, visibility.threads(who))
        .outerjoin(Draft.reply)
        .outerjoin(Thread, Thread.id == func.coalesce(Draft.thread_id, Reply.thread_id))
        .outerjoin(Draft.theme)
        .outerjoin(Member, Member.id == Reply.author_id)
        .options(contains_eager(Draft.reply), contains_eager(Draft.theme))
        .where(Draft.member_id == who.id)
    )

"""What was decided, for whoever it binds and for those who decide."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.moderation.models import Decision
from forum.moderation.queries.flags import COLUMNS
from forum.moderation.targets import REPLY, THREAD, Target, Undoing
from forum.threads import visibility
from forum.threads.models import Reply, Thread

SIZE = 30
RESTRICT_NOTHING = ("nothing", "ask")
OF_WORDS = ("fold", "hide", "remove")  # each stands upon what was before


def statement(decision_id: int, who: Any) -> Decision | None:
    """Return a decision to whom it binds and to moderators; to others there is nothing."""
    found = session().get(Decision, decision_id, options=[joinedload(Decision.by), joinedload(Decision.author)])
    return found if found and (who.moderates or (who and found.author_id == who.id)) else None


def of_case(case_id: int) -> Sequence[Decision]:
    asked = select(Decision).where(Decision.case_id == case_id).options(joinedload(Decision.by))
    return session().scalars(asked.order_by(Decision.id)).all()


def latest(of: Target) -> Decision | None:
    """Return the latest decision about a text."""
    asked = select(Decision).join(Decision.case).where(COLUMNS[of.kind] == of.id).options(joinedload(Decision.by))
    return session().scalar(asked.order_by(Decision.id.desc()).limit(1))


def of_reply(reply_id: int, who: Any) -> int | None:
    """Return the latest decision about a reply that stands, to its author and to moderators."""
    asked = select(Decision.id).where(
        Decision.reply_id == reply_id, Decision.scope == REPLY, Decision.undone_at.is_(None), Decision.kind != "ask"
    )
    if not who.moderates:
        asked = asked.where(Decision.author_id == who.id)
    return session().scalar(asked.order_by(Decision.id.desc()).limit(1))


def of_author(who: Any, place: Place) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of what binds a member, the latest first; threads that they cannot see are not named."""
    listed = (
        select(
            Decision.id,
            Decision.kind,
            Decision.scope,
            Decision.until,
            Decision.at,
            Decision.undone_at,
            Decision.reply_id,
            Thread.id.label("thread_id"),
            Thread.title.label("thread_title"),
        )
        .join(Decision.case)
        .outerjoin(Reply, Reply.id == Decision.reply_id)
        .outerjoin(Thread, (Thread.id == Decision.thread_id) & visibility.threads(who))
        .where(Decision.author_id == who.id, Decision.kind.not_in(RESTRICT_NOTHING))
    )
    found = session().execute(window(listed, Decision.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.id)


def standing(kind: str, *, reply_id: int | None, thread_id: int | None) -> Decision | None:
    """Return the latest decision of a kind about a reply, or without one a thread, that was not taken back."""
    about = (Decision.reply_id == reply_id, Decision.scope == REPLY)
    if reply_id is None:
        about = (Decision.thread_id == thread_id, Decision.scope == THREAD)
    asked = select(Decision).where(*about, Decision.kind == kind)
    return session().scalar(asked.where(Decision.undone_at.is_(None)).order_by(Decision.id.desc()).limit(1))


def undoing(of: Decision, who: Any) -> Undoing:
    """Return how a moderator stands to a decision that is to be taken back."""
    own = of.author_id is not None and of.author_id == who.id
    over = of.kind in OF_WORDS and of.scope == REPLY
    after = select(Decision.id).where(
        Decision.reply_id == of.reply_id,
        Decision.scope == REPLY,
        Decision.kind.in_(OF_WORDS),
        Decision.undone_at.is_(None),
        Decision.id > of.id,
    )
    later = over and session().scalar(after.limit(1)) is not None
    return Undoing(own, of.undone_at is not None, later)

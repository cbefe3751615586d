"""Threads and replies.

Ids order everything within a thread: writers queue on the pulse (see core/db.py), so a later reply has the higher id on both
databases, whatever the clock says.
"""

import random
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import Moment, db
from forum.core.slugs import slug
from forum.essays.models import Essay
from forum.themes.models import Theme
from forum.threads.arrangement import Arranged
from forum.threads.indexes import DIFFERING, ERASABLE, first_level, first_voices
from forum.threads.order import DRAWS
from forum.threads.places import NOWHERE

KINDS = ("lived", "thinking", "asking", "differing")
STANDING, FOLDED, WITHDRAWN, HIDDEN, REMOVED = "standing", "folded", "withdrawn", "hidden", "removed"
MERGED = "merged"  # a thread whose replies stand in another one now


def drawn() -> int:
    return random.randrange(DRAWS)  # noqa: S311 (chance, not a secret)


class Thread(Arranged, db.Model):  # type: ignore[misc, name-defined]
    """An essay's conversation (`essay_id`), or one that a member opened under a theme (`theme_id`, `author_id`, text).

    `activity` is the pulse of the latest reply: lists order by it. `pin_scope` is "", "forum" or "theme". A thread that was split
    from another has no author and no text. What was merged into another is found there (`merged_into_id`). `newest_id` is the id
    of its newest reply, for its page alone: other statements leave it None.
    """

    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        Index("ix_threads_activity", "activity"),
        Index("ix_threads_theme_id_activity", "theme_id", "activity"),
        Index("ix_threads_pin_scope", "pin_scope"),
        Index("ix_threads_author_id", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    essay_id: Mapped[int | None] = mapped_column(ForeignKey("essays.id"), unique=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    title: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default=STANDING)
    state_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    activity: Mapped[int] = mapped_column(default=0)
    latest_at: Mapped[datetime] = mapped_column(Moment)
    reply_count: Mapped[int] = mapped_column(default=0)
    form_key: Mapped[str | None]
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)
    newest_id: Mapped[int | None] = query_expression()

    locked_at: Mapped[datetime | None] = mapped_column(Moment)
    locked_role: Mapped[str] = mapped_column(default="")
    locked_reason: Mapped[str] = mapped_column(default="")
    pin_scope: Mapped[str] = mapped_column(default="")
    pinned_at: Mapped[datetime | None] = mapped_column(Moment)
    pinned_role: Mapped[str] = mapped_column(default="")
    pinned_reason: Mapped[str] = mapped_column(default="")
    pinned_until: Mapped[datetime | None] = mapped_column(Moment)

    # Here, so that the page of a thread asks nothing more: how many listen, in a word, and the week that told it (see listening/).
    listening: Mapped[str] = mapped_column(default="", server_default="")
    listening_off: Mapped[bool | None] = query_expression()
    listening_week: Mapped[int] = mapped_column(default=0, server_default="0")

    essay: Mapped[Essay | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    author: Mapped[Member | None] = relationship()

    @property
    def locked(self) -> bool:
        return self.locked_at is not None

    @property
    def shut(self) -> bool:
        """Return whether only those who keep it may write now."""
        return self.locked or self.opens_later or self.over

    @property
    def pinned(self) -> bool:
        """Return whether it is pinned now: a pin may have an end."""
        return bool(self.pin_scope) and (self.pinned_until is None or self.pinned_until > clock.now())

    @property
    def slug(self) -> str:
        return slug(self.title)


class Reply(db.Model):  # type: ignore[misc, name-defined]
    """A contribution to a thread. Two levels: a reply (`root_id` empty), and answers under it.

    An answer to an answer stays under the same root and names whom it answers (`answers_id`). `number` counts the answers of a
    root from 1 and never changes; a reply of the first level has 0.

    For fair turn (see fair_turn.py) a reply of the first level knows how many its author had written before it: in its thread
    (`turn`), to its passage there (`passage_turn`), to its passage under its theme (`rail_turn`), under its theme anywhere
    (`forum_turn`); and its `draw`, a chance number that it keeps. `place` is where it stands along the essay (see places.py).

    One that was folded or hidden when it was withdrawn (`state_before`) keeps its `state_reason`, and comes back so. Erased ones
    have no text. `note` is what a moderator says beside it to everyone.
    """

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        first_level("thread_id"),
        first_level("thread_id", "theme_id"),
        first_level("thread_id", "passage_id"),
        first_level("thread_id", "place"),
        first_level("theme_id"),
        first_level("thread_id", "turn", "draw"),
        first_level("thread_id", "theme_id", "passage_id", "rail_turn", "draw"),
        first_level("thread_id", "passage_id", "passage_turn", "draw"),
        first_level("theme_id", "forum_turn", "draw"),
        first_voices("thread_id"),
        first_voices("theme_id"),
        Index("ix_replies_of_thread", "thread_id", "id"),
        Index("ix_replies_author_id", "author_id", "id"),
        Index("ix_replies_thread_id_author_id", "thread_id", "author_id", "id"),
        Index("ix_replies_root_id", "root_id", "number"),
        Index("ix_replies_differing", "created_at", sqlite_where=DIFFERING, postgresql_where=DIFFERING),
        Index("ix_replies_erasable", "state_at", sqlite_where=ERASABLE, postgresql_where=ERASABLE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    edition: Mapped[int] = mapped_column(default=0)  # number of the edition that the author was reading
    place: Mapped[int] = mapped_column(BigInteger, default=NOWHERE)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"), index=True)
    number: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)  # answers ever given under this root
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    turn: Mapped[int] = mapped_column(default=0)
    rail_turn: Mapped[int] = mapped_column(default=0)
    passage_turn: Mapped[int] = mapped_column(default=0)
    forum_turn: Mapped[int] = mapped_column(default=0)
    draw: Mapped[int] = mapped_column(default=drawn)
    newcomer: Mapped[bool] = mapped_column(default=False)  # the first reply that its author wrote here
    first_answered_at: Mapped[datetime | None] = mapped_column(Moment)  # by someone else
    kind: Mapped[str]
    source: Mapped[str]
    html: Mapped[str]
    renderer: Mapped[int]
    as_staff: Mapped[bool] = mapped_column(default=False)  # written in a shut thread, by someone who keeps it
    created_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=0)  # wordings that readers may have seen before this one
    edit_reason: Mapped[str] = mapped_column(default="")
    mended_at: Mapped[datetime | None] = mapped_column(Moment)  # reworked by its author after it wounded someone
    answered_revision: Mapped[int] = mapped_column(default=0)  # which wording of what it answers its author answered
    state: Mapped[str] = mapped_column(default=STANDING)
    state_reason: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime | None] = mapped_column(Moment)
    state_before: Mapped[str] = mapped_column(default="")  # of a withdrawn one
    note: Mapped[str] = mapped_column(default="")
    note_role: Mapped[str] = mapped_column(default="")
    flagged: Mapped[bool] = mapped_column(default=False)  # by anyone, ever: then no change goes without a trace
    form_key: Mapped[str | None]

    thread: Mapped[Thread] = relationship()
    theme: Mapped[Theme] = relationship()
    author: Mapped[Member] = relationship()


class Revision(db.Model):  # type: ignore[misc, name-defined]
    """An earlier wording of a reply: number 0 is how it was first written, and the reply's own is number `Reply.revision`.

    `reason` is what its author said of the change that made it. A hidden one has a `hidden_reason`.
    """

    __tablename__ = "revisions"

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    source: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(default="")
    hidden_reason: Mapped[str] = mapped_column(default="")

    reply: Mapped[Reply] = relationship()


class Mention(db.Model):  # type: ignore[misc, name-defined]
    """Someone whom a reply, or the opening text of a thread, has mentioned: they are told once, however often it is edited."""

    __tablename__ = "mentions"
    __table_args__ = (UniqueConstraint("reply_id", "member_id"), UniqueConstraint("thread_id", "member_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)


class Citing(db.Model):  # type: ignore[misc, name-defined]
    """That a reply cites words of another, which stood in that one's wording `revision` or an earlier one."""

    __tablename__ = "citings"

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True, autoincrement=False)
    cited_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True, autoincrement=False, index=True)
    revision: Mapped[int]


class Tally(db.Model):  # type: ignore[misc, name-defined]
    """How many standing replies a thread holds for a theme and a passage (0: none), so that no page has to count them.

    `newest_id` is the newest standing reply of the first level among them.
    """

    __tablename__ = "tallies"

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True)
    passage_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    replies: Mapped[int] = mapped_column(default=0)
    newest_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))


class Anchor(db.Model):  # type: ignore[misc, name-defined]
    """The words of a passage that a reply is about, as its author read them; never changed.

    `start` and `end` count code points in the passage as that edition has it; `prefix` and `suffix` stand around the words.
    `thread_id` is the essay's thread, wherever the reply is moved.
    """

    __tablename__ = "anchors"

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True, autoincrement=False)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    essay_id: Mapped[int] = mapped_column(ForeignKey("essays.id"))
    edition: Mapped[int]
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id"))
    start: Mapped[int]
    end: Mapped[int]
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]


class Placement(db.Model):  # type: ignore[misc, name-defined]
    """Where an edition has the words of an anchor. `state` is one of essays/anchors.py; an orphan has no passage.

    An anchor without a placement in the current edition is still being looked for.
    """

    __tablename__ = "placements"

    reply_id: Mapped[int] = mapped_column(ForeignKey("anchors.reply_id"), primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str]
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)


class Seeking(db.Model):  # type: ignore[misc, name-defined]
    """How far the quoted words of a thread have been looked for in a new edition; gone when that is done.

    Anchors of replies up to `reached` have their placements, so whoever goes on begins there.
    """

    __tablename__ = "seekings"

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True, autoincrement=False)
    edition: Mapped[int]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)

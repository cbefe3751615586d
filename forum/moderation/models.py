from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Member
from forum.commitments.models import FieldNote
from forum.core.db import Moment, db
from forum.moderation.targets import FIELD_NOTE, PROFILE, REPLY, THREAD
from forum.threads.models import Reply, Thread

OPEN, CLOSED = "open", "closed"
_OPEN = text("closed_at IS NULL")
_UNTOLD = text("told_at IS NULL")


def _one_open(column: str) -> Index:
    """Return an index that lets a text have one open case, whoever else flags it at the same moment."""
    return Index(f"uq_cases_open_{column}", column, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


class Case(db.Model):  # type: ignore[misc, name-defined]
    """What moderators look at together: a reply, a thread, a profile or a field note (one of the four ids) that was flagged.

    `author_id` is whose words they are; of an unsigned field note nobody is told that. `urgent` is what may do harm while it
    waits. `outcome` is one of names.OUTCOMES once it is closed.
    """

    __tablename__ = "cases"
    __table_args__ = (
        _one_open("reply_id"),
        _one_open("thread_id"),
        _one_open("member_id"),
        _one_open("field_note_id"),
        Index("ix_cases_state", "state", "id"),
        Index("ix_cases_author_id", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    field_note_id: Mapped[int | None] = mapped_column(ForeignKey("field_notes.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(default=OPEN)
    urgent: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(default="")
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    reply: Mapped[Reply | None] = relationship()
    thread: Mapped[Thread | None] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    field_note: Mapped[FieldNote | None] = relationship()
    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    claimed_by: Mapped[Member | None] = relationship(foreign_keys=[claimed_by_id])
    mend: Mapped["Mend | None"] = relationship(back_populates="case")

    @property
    def kind(self) -> str:
        return REPLY if self.reply_id else THREAD if self.thread_id else PROFILE if self.member_id else FIELD_NOTE

    @property
    def subject(self) -> Reply | Thread | Member | FieldNote | None:
        return self.reply or self.thread or self.member or self.field_note


class Flag(db.Model):  # type: ignore[misc, name-defined]
    """What one person said of a text, and the words as they stood then (`wording`; of them `words` were marked).

    Without `member_id` a visitor said it, or the person is kept no longer. `name`, `email` and `ground` (why it is against the
    law) are what the Digital Services Act wants a notice to hold. A visitor's receipt is found by a secret, of which the digest
    stands here.
    """

    __tablename__ = "flags"
    __table_args__ = (UniqueConstraint("case_id", "member_id"), Index("ix_flags_member_id", "member_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(default="")
    line: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(default="")
    wording: Mapped[str]
    receipt: Mapped[str | None] = mapped_column(unique=True)
    by_visitor: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)

    case: Mapped[Case] = relationship()
    member: Mapped[Member | None] = relationship()


class Note(db.Model):  # type: ignore[misc, name-defined]
    """What one moderator says to the others about a case."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)

    by: Mapped[Member | None] = relationship()


class Mend(db.Model):  # type: ignore[misc, name-defined]
    """That the author of what a case is about is asked to mend it: by the forum itself, or by a moderator (`asked_by_id`).

    `asked_at` may lie ahead: nobody is asked more than once a day. `told_at` is when they were given a notice. `answer` is one of
    names.REWORD and the following; `reason` says why they stand by it. `against_by_id` is the first of two moderators who think
    that it cannot stay.
    """

    __tablename__ = "mends"
    __table_args__ = (Index("ix_mends_untold", "asked_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    reason: Mapped[str] = mapped_column(default="")
    against_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))

    case: Mapped[Case] = relationship(back_populates="mend")
    against_by: Mapped[Member | None] = relationship(foreign_keys=[against_by_id])


class Decision(db.Model):  # type: ignore[misc, name-defined]
    """What a moderator decided: of which `kind` (see actions/kinds.py), by which rule of the house as it stood then, and why.

    `scope` is what it covers (see targets.py), `author_id` whom it binds and who reads it as a statement of reasons. `found` says
    what led to it: FLAGS, or the moderator's OWN initiative. `before` is what is needed to restore exactly what was. `entry_id` and
    `undone_entry_id` are what the log says of it.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_case_id", "case_id", "id"),
        Index("ix_decisions_author_id", "author_id", "id"),
        Index("ix_decisions_reply_id", "reply_id", "id"),
        Index("ix_decisions_thread_id", "thread_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(index=True)
    rule_key: Mapped[str] = mapped_column(default="")
    rule_version: Mapped[int] = mapped_column(default=0)
    facts: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    scope: Mapped[str]
    found: Mapped[str]
    until: Mapped[datetime | None] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"), index=True)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    undone_reason: Mapped[str] = mapped_column(default="")
    undone_entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"), index=True)

    case: Mapped[Case] = relationship()
    reply: Mapped[Reply | None] = relationship()
    thread: Mapped[Thread | None] = relationship()
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    by: Mapped[Member | None] = relationship(foreign_keys=[by_id])


class MonthlySum(db.Model):  # type: ignore[misc, name-defined]
    """How many there were of something (see measures.py) in a month that is over, as 2026-11.

    Counted once and kept: what goes later of people and cases changes no month that has been shown.
    """

    __tablename__ = "monthly_sums"

    month: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


_OF_AUTHOR = text("flag_id IS NULL")


class Appeal(db.Model):  # type: ignore[misc, name-defined]
    """What somebody says against a decision: whom it binds, or whoever had flagged the text in vain (`flag_id`).

    A visitor who reported something has no `by_id`. `outcome` is "", UPHELD or REVERSED; `reasons` are for whoever appealed.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        UniqueConstraint("flag_id"),
        Index("uq_appeals_of_author", "decision_id", unique=True, sqlite_where=_OF_AUTHOR, postgresql_where=_OF_AUTHOR),
        Index("ix_appeals_outcome", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), index=True)
    flag_id: Mapped[int | None] = mapped_column(ForeignKey("flags.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    due_at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"), index=True)

    decision: Mapped[Decision] = relationship()
    by: Mapped[Member | None] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[Member | None] = relationship(foreign_keys=[decided_by_id])

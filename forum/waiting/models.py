from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Member
from forum.core.db import Moment, db
from forum.themes.models import Theme
from forum.threads.models import Reply, Thread

WAITING, APPROVED, REFUSED = "waiting", "approved", "refused"
# Why it waits: its author is new here, or its links are too new; its thread reads what someone new in it writes; a day for each.
FIRST, LINK, HERE, INFLOW = "first", "link", "here", "inflow"


class Waiting(db.Model):  # type: ignore[misc, name-defined]
    """A reply that a moderator reads before anyone else sees it: of a newcomer, or where the thread is so arranged.

    Or an answer that differs with someone whom others have told so already (INFLOW): it waits for nobody but its day, `release_at`.

    It stands in a table of its own, so no page, list, search, feed or count can hold it by mistake; approved, it is written as
    any reply is (`reply_id`), at the end of its thread. `key` is that of its form and words (see threads/form_keys.py).
    """

    __tablename__ = "waiting"
    __table_args__ = (UniqueConstraint("author_id", "key"), Index("ix_waiting_state", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id"))
    edition: Mapped[int]
    kind: Mapped[str]
    source: Mapped[str]
    html: Mapped[str]
    exact: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    form_key: Mapped[str]
    key: Mapped[str]
    cause: Mapped[str]
    state: Mapped[str] = mapped_column(default=WAITING)
    reason: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime] = mapped_column(Moment)
    release_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))

    author: Mapped[Member] = relationship()
    thread: Mapped[Thread] = relationship()
    theme: Mapped[Theme] = relationship()
    answered: Mapped[Reply | None] = relationship(foreign_keys=[answers_id])

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.db import Moment, db
from forum.themes.models import Theme
from forum.threads.models import Reply, Thread

MOST = 100  # that one member can keep
LONGEST = 24_000  # characters in all fields of one


class Draft(db.Model):  # type: ignore[misc, name-defined]
    """What a member has begun to write, as it stood in the fields of the form; nobody else ever sees it.

    `target` is what it is for (see targets.py); `thread_id`, `reply_id` or `theme_id` says the same to the database. Each time
    that any draft of a member is kept it takes their next `sequence` number: whoever does not name it has an older one.
    """

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("member_id", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    target: Mapped[str]
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("replies.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    sequence: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)

    thread: Mapped[Thread | None] = relationship()
    reply: Mapped[Reply | None] = relationship()
    theme: Mapped[Theme | None] = relationship()

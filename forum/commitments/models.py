from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Member
from forum.commitments.plans import Plan, author, read
from forum.core.db import Moment, db
from forum.themes.models import Theme
from forum.threads.models import STANDING, drawn

MOST = 50  # commitments that one member can keep
MOST_QUESTIONS = 2
DUE = text("asked_at IS NULL AND ask_on IS NOT NULL")


class Commitment(db.Model):  # type: ignore[misc, name-defined]
    """What a member wants to do elsewhere. Its words, its theme, the answer and the field note stand in `sealed` (see plans.py).

    In plain stand whose it is and when they want to be asked; `asked_at` is when they were. `form_key` is a fingerprint.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("member_id", "form_key"),
        Index("ix_commitments_due", "ask_on", sqlite_where=DUE, postgresql_where=DUE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    sealed: Mapped[str]
    ask_on: Mapped[date | None] = mapped_column(Date)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    form_key: Mapped[str]

    @property
    def plan(self) -> Plan | None:
        return read(self.sealed, self.member_id)


class FieldNote(db.Model):  # type: ignore[misc, name-defined]
    """What came of a commitment, in plain words; or a question about such a note (`about_id`), which stands in `happened`.

    An unsigned note has no `author_id`: its author is sealed in `signature` for the one way by which a report is looked into, and
    known to their own commitment. Only its day is kept, so that nothing written at the same hour tells whose it is. With its
    `door` open it can be asked about. A withdrawn one has no words.
    """

    __tablename__ = "field_notes"
    __table_args__ = (
        Index("ix_field_notes_theme_id", "theme_id", "id"),
        Index("ix_field_notes_theme_id_draw", "theme_id", "draw"),
        Index("ix_field_notes_about_id", "about_id", "id"),
        Index("ix_field_notes_author_id", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("field_notes.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    signature: Mapped[str] = mapped_column(default="")
    tried: Mapped[str] = mapped_column(default="")
    happened: Mapped[str] = mapped_column(default="")
    otherwise: Mapped[str] = mapped_column(default="")
    door: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date] = mapped_column(Date)
    draw: Mapped[int] = mapped_column(default=drawn)
    state: Mapped[str] = mapped_column(default=STANDING)
    state_reason: Mapped[str] = mapped_column(default="")

    theme: Mapped[Theme] = relationship()
    author: Mapped[Member | None] = relationship()

    @property
    def source(self) -> str:
        """Return its words in one piece, as a flag keeps them."""
        return "\n\n".join(filter(None, (self.tried, self.happened, self.otherwise)))

    def is_by(self, member_id: int) -> bool:
        """Return whether this member wrote it; of an unsigned one this opens the seal."""
        if not member_id:
            return False
        return member_id in {self.author_id, author(self.signature, self.id)}

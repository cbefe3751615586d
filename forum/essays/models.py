from datetime import datetime
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Moment, db


class PassageText(TypedDict):
    """A passage as one edition words it: `id` and `key` of the Passage, its text, the keys of its themes."""

    id: int
    key: str
    text: str
    themes: list[str]


class Essay(db.Model):  # type: ignore[misc, name-defined]
    """A published text, as its current edition gives it. `note` says what kind of text it is (a retelling, say)."""

    __tablename__ = "essays"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author: Mapped[str]
    published: Mapped[str]  # dates of the original, as it writes them
    updated: Mapped[str]
    language: Mapped[str]
    note: Mapped[str]
    edition_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Edition(db.Model):  # type: ignore[misc, name-defined]
    """One version of an essay's text, whole and never changed: `content` is its list of PassageText in reading order."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("essay_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    essay_id: Mapped[int] = mapped_column(ForeignKey("essays.id"))
    number: Mapped[int]
    content: Mapped[list[PassageText]] = mapped_column(JSON)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Passage(db.Model):  # type: ignore[misc, name-defined]
    """One paragraph's identity through all editions; `key` ("p7") is its anchor and its place in addresses."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("essay_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    essay_id: Mapped[int] = mapped_column(ForeignKey("essays.id"))
    key: Mapped[str]

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from forum.accounts.models import Member
from forum.core.db import session
from forum.essays.models import Edition, Essay, Passage, PassageText


def everything() -> Sequence[Essay]:
    return session().scalars(select(Essay).order_by(Essay.id)).all()


def titled(title: str) -> Essay | None:
    return session().scalar(select(Essay).where(Essay.title == title).order_by(Essay.id))


def by_id(essay_id: int) -> Essay | None:
    return session().get(Essay, essay_id)


def current(essay: Essay) -> Edition:
    """Return the edition that readers see."""
    edition = select(Edition).where(Edition.essay_id == essay.id, Edition.number == essay.edition_number)
    return session().execute(edition).scalar_one()


def passages(essay: Essay) -> Sequence[Passage]:
    return session().scalars(select(Passage).where(Passage.essay_id == essay.id).order_by(Passage.id)).all()


def all_current() -> Sequence[tuple[Essay, Edition]]:
    """Return every essay with its current edition, the first published first."""
    both = select(Essay, Edition).join(
        Edition, (Edition.essay_id == Essay.id) & (Edition.number == Essay.edition_number)
    )
    return session().execute(both.order_by(Essay.id)).all()


def editions(essay_id: int) -> Sequence[Row[int, datetime, str]]:
    """Return (number, created_at, role) of each edition, the newest first; role None: the host."""
    listed = select(Edition.number, Edition.created_at, Member.role).outerjoin(Member, Member.id == Edition.added_by_id)
    return session().execute(listed.where(Edition.essay_id == essay_id).order_by(Edition.number.desc())).all()


def contents(essay_id: int, *numbers: int) -> dict[int, list[PassageText]]:
    """Return what those of the editions say that there are, by their number."""
    found = select(Edition.number, Edition.content).where(Edition.essay_id == essay_id, Edition.number.in_(numbers))
    return {row.number: row.content for row in session().execute(found)}

from collections.abc import Sequence

from sqlalchemy import select

from forum.core.db import session
from forum.essays.models import Edition, Essay, Passage


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

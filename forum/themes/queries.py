from collections.abc import Iterable, Sequence

from sqlalchemy import select

from forum.accounts.models import Facilitation
from forum.core.db import session
from forum.themes.models import Theme


def everything() -> Sequence[Theme]:
    return session().scalars(select(Theme).order_by(Theme.position, Theme.id)).all()


def by_key(key: str) -> Theme | None:
    return session().scalar(select(Theme).where(Theme.key == key))


def among(keys: Iterable[str]) -> Sequence[Theme]:
    chosen = select(Theme).where(Theme.key.in_(list(keys)))
    return session().scalars(chosen.order_by(Theme.position, Theme.id)).all()


def kept_by(member_id: int) -> Sequence[Theme]:
    """Return the themes of which this member is facilitator."""
    kept = select(Theme).join(Facilitation, Facilitation.theme_id == Theme.id)
    return session().scalars(kept.where(Facilitation.member_id == member_id).order_by(Theme.position)).all()

from collections.abc import Mapping

from forum.accounts.models import Member
from forum.core import clock, log
from forum.core.config import LOCALES
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.rules import queries
from forum.rules.models import RulesVersion
from forum.rules.reading import original


def change(sources: Mapping[str, str], *, note: str, known: int, by: Member) -> bool:
    """Publish a version; return whether it is one now. It is not while a newer one stands than whoever wrote it knew.

    The texts must be readable by reading.py.
    """
    with transaction():
        require("change_rules", by)
        stands = queries.version()
        if stands is None or stands.number != known:
            return False
        if stands.sources == dict(sources):
            return True
        _add(stands.number + 1, sources, note, by.id)
        log.record("change_rules", by.id, by.role, reason=note, detail=str(stands.number + 1))
        return True


def begin() -> None:
    """Publish the rules that come along as the first version, in a forum that has none."""
    if not queries.latest():
        with transaction():
            if not queries.latest():
                _add(1, {locale: original(locale) for locale in LOCALES}, "", None)


def _add(number: int, sources: Mapping[str, str], note: str, by_id: int | None) -> None:
    texts = {locale: sources[locale].strip() + "\n" for locale in LOCALES}
    at = clock.now()
    session().add(RulesVersion(number=number, sources=texts, note=note, published_at=at, published_by_id=by_id))
    session().flush()

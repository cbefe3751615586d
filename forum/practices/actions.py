from collections.abc import Mapping

from forum.accounts.models import Member
from forum.core import log
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.practices.models import Practice


def switch(wanted: Mapping[tuple[str, int], bool], *, by: Member) -> None:
    """Switch practices on and off, each by (key, id of an essay or EVERYWHERE). What is so already leaves no entry."""
    with transaction():
        require("switch_practice", by)
        for (key, essay_id), on in wanted.items():
            row = session().get(Practice, (key, essay_id))
            if on == (row is None or row.on):
                continue
            if row is None:
                row = Practice(key=key, essay_id=essay_id)
                session().add(row)
            row.on = on
            detail = f"{'on' if on else 'off'} {key}"
            log.record("switch_practice", by.id, by.role, detail=detail, essay_id=essay_id or None)

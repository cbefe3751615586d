from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core.holdings import GOES, Holding, hold, rows
from forum.drafts import actions
from forum.drafts.models import Draft


def _drafts(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Draft.target, Draft.fields, Draft.changed_at).where(Draft.member_id == member_id)
    for row in rows(asked, Draft.id):
        yield {
            "target": row.target,
            "changed": row.changed_at,
            "fields": [f"{name}: {row.fields[name]}" for name in row.fields],
        }


hold(
    Holding(
        key="drafts",
        group="writing",
        tables=(Draft,),
        people={"drafts.member_id": GOES},
        title=_l("What you begin to write"),
        what=_l(
            "Your words and what you chose in the form, for which place, and when you last changed it. No page shows it to "
            "anyone but you. Without JavaScript it is saved only when you ask for it."
        ),
        why=_l("So that nothing is lost that you began."),
        until=_l("Until you send it or throw it away, or for %(time)s after you last changed it."),
        fields={"target": _l("What it is for"), "changed": _l("Changed"), "fields": _l("Text")},
        told=_drafts,
        steps=(actions.unname,),
        leaving=_l("It goes."),
        lasts=timedelta(days=180),
        purge=actions.expire,
    )
)

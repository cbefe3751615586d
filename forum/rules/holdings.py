from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core.holdings import EMPTIED, Holding, hold, rows
from forum.rules.models import RulesVersion


def _versions(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(RulesVersion.number, RulesVersion.note, RulesVersion.published_at)
    for row in rows(asked.where(RulesVersion.published_by_id == member_id), RulesVersion.number):
        yield {"number": row.number, "note": row.note, "at": row.published_at}


hold(
    Holding(
        key="rules",
        group="house",
        tables=(RulesVersion,),
        people={"rules_versions.published_by_id": EMPTIED},
        title=_l("Versions of the rules that you wrote"),
        what=_l("Which ones, and when."),
        why=_l("So that the other admins know whom to ask about them."),
        until=_l("For good: what was decided by a rule stays readable beside it."),
        fields={"number": _l("Number"), "note": _l("Reason"), "at": _l("When")},
        told=_versions,
        leaving=_l("The rules stay. Nobody knows any more who wrote them."),
    )
)

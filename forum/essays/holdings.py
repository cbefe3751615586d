from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core.holdings import EMPTIED, Holding, hold, of_nobody, rows
from forum.essays.models import Edition, Essay, Passage


def _editions(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Essay.title, Edition.number, Edition.created_at).join(Essay, Essay.id == Edition.essay_id)
    for row in rows(asked.where(Edition.added_by_id == member_id), Edition.id):
        yield {"essay": row.title, "edition": row.number, "at": row.created_at}


hold(
    Holding(
        key="editions",
        group="house",
        tables=(Edition,),
        people={"editions.added_by_id": EMPTIED},
        title=_l("Essays that you published"),
        what=_l("Which editions, and when."),
        why=_l("So that the other admins know whom to ask about them."),
        until=_l("As long as the essay stands here."),
        fields={"essay": _l("Essay"), "edition": _l("Edition"), "at": _l("When")},
        told=_editions,
        leaving=_l("The text stays. Nobody knows any more who added it."),
    )
)
of_nobody(Essay, Passage)

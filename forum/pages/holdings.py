from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core import site
from forum.core.db import session
from forum.core.holdings import EMPTIED, Holding, hold
from forum.pages.models import HouseText


def _house_texts(member_id: int) -> Iterator[Mapping[str, Any]]:
    for text in session().scalars(select(HouseText).where(HouseText.edited_by_id == member_id)):
        yield {"page": site.absolute(f"/{text.name}"), "language": text.locale, "at": text.edited_at}


hold(
    Holding(
        key="house_texts",
        group="house",
        tables=(HouseText,),
        people={"house_texts.edited_by_id": EMPTIED},
        title=_l("Pages of the house that you changed"),
        what=_l("Which ones, and when."),
        why=_l("So that the other admins know whom to ask about them."),
        until=_l("As long as the page is worded like that."),
        fields={"page": _l("Page"), "language": _l("Language"), "at": _l("When")},
        told=_house_texts,
        leaving=_l("The page stays. Nobody knows any more who changed it."),
    )
)

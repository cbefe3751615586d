from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core import site
from forum.core.db import session
from forum.core.holdings import GOES, Holding, hold
from forum.listening.models import Listener


def _told(member_id: int) -> Iterator[Mapping[str, Any]]:
    for here in session().scalars(select(Listener).where(Listener.member_id == member_id).order_by(Listener.thread_id)):
        yield {"place": site.absolute(f"/threads/{here.thread_id}"), "until": str(here.until)}


hold(
    Holding(
        key="listening",
        group="reading",
        tables=(Listener,),
        people={"listeners.member_id": GOES},
        title=_l("Where you are here, listening"),
        what=_l("The essay, and the day up to which you are there. Not what you read, nor when."),
        why=_l("So that others can know, in a word, that some are there who do not write. No page shows who."),
        until=_l("Until you take it back. After 30 days it ends by itself, and is removed within a week."),
        fields={"place": _l("Where"), "until": _l("Until")},
        told=_told,
        leaving=_l("It goes."),
    )
)

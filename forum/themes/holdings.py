from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.accounts.models import Facilitation
from forum.core import site
from forum.core.holdings import GOES, Holding, hold, of_nobody, rows
from forum.themes.models import Theme


def _facilitations(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Theme.key).join(Facilitation, Facilitation.theme_id == Theme.id)
    for row in rows(asked.where(Facilitation.member_id == member_id), Theme.id):
        yield {"theme": site.absolute(f"/themes/{row.key}")}


hold(
    Holding(
        key="facilitations",
        group="account",
        tables=(Facilitation,),
        people={"facilitations.member_id": GOES},
        title=_l("Themes that you look after"),
        what=_l("Which ones. Everyone sees it on your page."),
        why=_l("So that you may lock and pin their threads."),
        until=_l("As long as you look after them."),
        fields={"theme": _l("Address")},
        told=_facilitations,
        leaving=_l("It goes."),
    )
)

of_nobody(Theme)

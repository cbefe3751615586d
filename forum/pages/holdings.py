from flask_babel import lazy_gettext as _l

from forum.core.holdings import EMPTIED, Holding, hold
from forum.pages.models import HouseText

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
        leaving=_l("The page stays. Nobody knows any more who changed it."),
    )
)

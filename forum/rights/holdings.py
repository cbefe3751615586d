from flask_babel import lazy_gettext as _l

from forum.core.holdings import GOES, Holding, hold
from forum.rights.models import Departure

hold(
    Holding(
        key="departures",
        group="account",
        tables=(Departure,),
        people={"departures.member_id": GOES},
        within="profile",
        title=_l("That you are leaving"),
        what=_l(
            "Where you delete your account and have written much: your number, what your name was, what you chose, and how far it is."
        ),
        why=_l("So that it is done to the end, also when the server is stopped meanwhile."),
        until=_l("Until it is done, within minutes."),
        leaving=_l("It goes when it is done."),
    )
)

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from forum.core.holdings import GOES, Holding, hold
from forum.waiting import actions
from forum.waiting.models import Waiting

hold(
    Holding(
        key="waiting",
        group="writing",
        tables=(Waiting,),
        people={"waiting.author_id": GOES},
        title=_l("What waits for a moderator"),
        what=_l(
            "A reply that you wrote while you were new, apart from all others; only you and the moderators see it. When it "
            "stands, its words are in the thread and nowhere else; when it is given back, the reason is stored with it. The log "
            "says that a reply was read, and not whose."
        ),
        why=_l("So that a moderator can read it before anyone else does."),
        until=_l("Until you take it back, or for %(time)s after it was decided."),
        leaving=_l("It goes."),
        lasts=timedelta(days=30),
        purge=actions.forget,
    )
)

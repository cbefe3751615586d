from datetime import timedelta

from flask_babel import lazy_gettext as _l

from forum.core.holdings import GOES, YEAR, Holding, hold, of_nobody
from forum.notices.actions import reading, seeing
from forum.notices.models import Notice, Seen, Telling, Tiding, Tie

hold(
    Holding(
        key="seen",
        group="reading",
        tables=(Seen, Tie),
        people={"seen.member_id": GOES, "ties.member_id": GOES},
        title=_l("What you were shown"),
        what=_l(
            "Which replies were on your screen, and on which day and hour your latest visit to a thread or a theme began. Not "
            "how long you stayed or how often you came. No page tells anyone else, not even those who keep this place."
        ),
        why=_l("So that pages can tell you what is new."),
        until=_l("For %(time)s after it was last noted."),
        leaving=_l("It goes."),
        lasts=timedelta(days=400),
        purge=seeing.forget,
    )
)
hold(
    Holding(
        key="levels",
        group="reading",
        tables=(Tie,),
        title=_l("What you follow or muted"),
        what=_l("Which threads and themes. Only you see it."),
        why=_l("So that you are told as much as you want to hear."),
        until=_l("Until you choose otherwise."),
        leaving=_l("It goes."),
    )
)
hold(
    Holding(
        key="notices",
        group="reading",
        tables=(Notice, Tiding),
        people={"notices.member_id": GOES},
        title=_l("Your notices"),
        what=_l(
            "Of which replies, threads or decisions they tell you, when, and when you read them. They hold no words of anyone. "
            "Only you see them."
        ),
        why=_l("So that you learn what concerns you."),
        until=_l("For %(time)s after they last told you something."),
        leaving=_l("It goes."),
        lasts=YEAR,
        purge=reading.forget,
    )
)
of_nobody(Telling)

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from forum.core.holdings import GOES, Holding, hold
from forum.drafts import actions
from forum.drafts.models import Draft

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
        leaving=_l("It goes."),
        lasts=timedelta(days=180),
        purge=actions.expire,
    )
)

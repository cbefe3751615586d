from flask_babel import lazy_gettext as _l

from forum.core.holdings import EMPTIED, Holding, hold, of_nobody
from forum.essays.models import Edition, Essay, Passage

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
        leaving=_l("The text stays. Nobody knows any more who added it."),
    )
)
of_nobody(Essay, Passage)

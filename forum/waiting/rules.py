"""May I, where replies wait. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.threads.rules import keeps
from forum.waiting.models import HERE, INFLOW, WAITING, Waiting

MOST = 3  # replies of one person that wait at a time


def decides(who: Any, one: Waiting) -> bool:
    """Return whether it is theirs to read: moderators all, facilitators what waits because their thread is so arranged.

    What waits for its day is for nobody to decide.
    """
    return one.cause != INFLOW and bool(who.moderates or (one.cause == HERE and keeps(who, one.thread)))


@rule(Waiting, staff=True)
def decide_waiting(who: Any, one: Waiting) -> str | None:
    if one.cause == INFLOW:
        return _("This reply waits for its day. Nobody decides about it.")
    if not decides(who, one):
        return _("Only moderators decide about a reply that waits.")
    if one.state != WAITING:
        return _("Somebody has decided about this reply already.")
    return None


@rule(Waiting)
def take_back_waiting(who: Any, one: Waiting) -> str | None:
    if not who or who.id != one.author_id:
        return _("Only its author can take a reply back.")
    if one.reply_id:
        return _("This reply stands in its thread now. There you can withdraw it.")
    return None


@rule(int)
def wait_once_more(_who: Any, waiting: int) -> str | None:
    if waiting >= MOST:
        return _(
            "Three replies of yours are waiting already. You can go on once one of them stands, or you take one back."
        )
    return None

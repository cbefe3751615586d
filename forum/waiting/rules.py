"""May I, where replies wait. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.threads.rules import keeps
from forum.waiting.models import HERE, WAITING, Waiting

MOST = 3  # replies of one person that wait at a time


def decides(who: Any, one: Waiting) -> bool:
    """Return whether it is theirs to read: moderators all, facilitators what waits because their thread is so arranged."""
    return bool(who.moderates or (one.cause == HERE and keeps(who, one.thread)))


@rule(Waiting, staff=True)
def decide_waiting(who: Any, one: Waiting) -> str | None:
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
        return _("Replies of yours are waiting for a moderator already. You can go on once they have been read.")
    return None

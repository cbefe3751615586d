"""May I, where an exchange is paced. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.threads.models import Reply
from forum.threads.rules import keeps


def steers(who: Any, reply: Reply) -> bool:
    """Return whether the pace of the exchange that a reply stands in is theirs to set; then it does not bind them."""
    return bool(keeps(who, reply.thread) or who.facilitates(reply.theme_id))


@rule(Reply, staff=True)
def set_pace(who: Any, root: Reply) -> str | None:
    if not steers(who, root):
        return _("Only moderators, and the facilitators of its theme, set the pace of an exchange.")
    return None

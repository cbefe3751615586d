"""Who reads a thread, who may write in it, when, and how often: arranged by those who keep it."""

from typing import Any

from forum.accounts.models import Member
from forum.core.db import transaction
from forum.core.rules import require
from forum.threads.actions.counting import count_thread
from forum.threads.actions.keeping import record
from forum.threads.arrangement import NONE, changes
from forum.threads.models import STANDING, Thread
from forum.threads.signals import arranged


def arrange(thread: Thread, wanted: dict[str, Any], *, reason: str, by: Member) -> None:
    """Give a thread another arrangement: all of arrangement.NONE. The same again leaves no entry. Raises Refused."""
    with transaction():
        require("arrange_thread", by, thread)
        if wanted["members_only"]:
            require("close_to_visitors", by, thread)
        told = changes(thread.arrangement, wanted)
        if not told:
            return
        seen = thread.state == STANDING
        if seen and wanted["members_only"]:
            count_thread(thread, -1)  # of one that was for members only before, nothing is counted
        returns = seen and thread.members_only and not wanted["members_only"]
        for name in NONE:
            setattr(thread, name, wanted[name])
        if returns:
            count_thread(thread, 1)
        record("arrange_thread", thread, by, reason, detail=told)
        arranged.send(thread)

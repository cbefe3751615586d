"""What authors do to replies of their own."""

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import transaction
from forum.core.markdown import RENDERER
from forum.core.rules import require
from forum.threads.actions import citing, mentioning
from forum.threads.actions.counting import count
from forum.threads.actions.mentioning import Written
from forum.threads.actions.revising import keep
from forum.threads.models import STANDING, WITHDRAWN, Reply
from forum.threads.signals import edited, posted, returned, withdrawn


def edit(reply: Reply, *, kind: str, source: str, by: Member, reason: str = "", draft: int = 0) -> None:
    """Change a reply's words. The same words again leave no mark, nor does a change that few can have noticed. Raises Refused."""
    text = mentioning.written(source)
    with transaction():
        posted.send(by, draft=draft)
        require("edit_reply", by, reply)
        if (reply.kind, reply.source) == (kind, source):
            return
        _change(reply, kind, source, text, reason, by)


def mend(reply: Reply, *, kind: str, source: str, by: Member, draft: int = 0) -> None:
    """Change a reply that wounded someone; inside a transaction of whoever has asked whether its author may mend it."""
    text = mentioning.written(source)
    posted.send(by, draft=draft)
    _change(reply, kind, source, text, "", by)
    reply.mended_at = reply.edited_at = clock.now()


def _change(reply: Reply, kind: str, source: str, text: Written, reason: str, by: Member) -> None:
    if keep(reply):
        reply.edited_at, reply.edit_reason = clock.now(), reason
    reply.kind, reply.source, reply.html, reply.renderer = kind, source, text.html, RENDERER
    citing.cite(reply)
    edited.send(reply)
    mentioning.mention(reply, text.mentioned, by)


def withdraw(reply: Reply, *, by: Member) -> None:
    """Take a reply back: nobody else sees its words any more; a stub stays, and so do the answers.

    They are kept until they are erased (see erasing.py). One that was folded or hidden keeps its reason.
    """
    with transaction():
        require("withdraw_reply", by, reply)
        if reply.state == STANDING:
            count(reply, -1)
        reply.state_before, reply.state, reply.state_at = reply.state, WITHDRAWN, clock.now()
        withdrawn.send(reply)


def bring_back(reply: Reply, *, by: Member) -> None:
    """Let a withdrawn reply stand again, or be folded or hidden again if it was."""
    with transaction():
        require("return_reply", by, reply)
        reply.state, reply.state_before, reply.state_at = reply.state_before, "", clock.now()
        if reply.state == STANDING:
            count(reply, 1)
        returned.send(reply)

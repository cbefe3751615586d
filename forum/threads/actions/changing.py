"""What authors do to replies of their own."""

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import transaction
from forum.core.markdown import RENDERER
from forum.core.rules import require
from forum.threads.actions import citing, mentioning, quoting, revising
from forum.threads.actions.counting import count
from forum.threads.actions.revising import keep
from forum.threads.models import STANDING, WITHDRAWN, Reply
from forum.threads.signals import edited, posted, withdrawn


def edit(reply: Reply, *, kind: str, source: str, by: Member, reason: str = "", draft: int = 0) -> None:
    """Change a reply's words. The same words again leave no mark, nor does a change that few can have noticed. Raises Refused."""
    text = mentioning.written(source)
    with transaction():
        posted.send(by, draft=draft)
        require("edit_reply", by, reply)
        if (reply.kind, reply.source) == (kind, source):
            return
        if keep(reply):
            reply.edited_at, reply.edit_reason = clock.now(), reason
        reply.kind, reply.source, reply.html, reply.renderer = kind, source, text.html, RENDERER
        citing.cite(reply)
        edited.send(reply)
        mentioning.mention(reply, text.mentioned, by)


def withdraw(reply: Reply, *, by: Member) -> None:
    """Take a reply back: its words are gone, a stub stays, and so do the answers."""
    with transaction():
        require("withdraw_reply", by, reply)
        if reply.state == STANDING:
            count(reply, -1)
        reply.state, reply.state_at, reply.state_reason = WITHDRAWN, clock.now(), ""
        reply.source = reply.html = ""
        quoting.forget(reply)
        citing.forget(reply)
        citing.erase(reply.id)
        revising.forget(reply)
        mentioning.forget(reply)
        withdrawn.send(reply)

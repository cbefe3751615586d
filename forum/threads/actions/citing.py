"""Which replies cite which, kept so that a citation can say what became of the words it cites."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from forum.accounts.models import Member
from forum.core import markdown
from forum.core.db import session
from forum.threads.actions.mentioning import written
from forum.threads.citations import AWAY, EDITED, GONE, OTHER, Fate, citations, dressed, holds, without, words
from forum.threads.models import FOLDED, STANDING, Citing, Reply, Revision, Thread
from forum.threads.signals import requoted


def cite(reply: Reply) -> None:
    """Note whom a reply cites, and let its HTML say what became of that; inside a transaction.

    Words that the cited reply never said are noted by no row, and the text says that they are not its.
    """
    quoted = _quoted(reply)
    known = _noted(reply)
    session().execute(delete(Citing).where(Citing.reply_id == reply.id))
    for row in _cited(quoted):
        seen = row.thread_state == STANDING or row.id in known
        if row.id != reply.id and seen and (row.state != STANDING or _said(row, quoted[row.id])):
            session().add(Citing(reply_id=reply.id, cited_id=row.id, revision=known.get(row.id, row.revision)))
    session().flush()
    _dress(reply)


def _quoted(reply: Reply) -> dict[int, str]:
    return {citation.reply_id: words(reply.html, citation) for citation in citations(reply.html)}


def _noted(reply: Reply) -> dict[int, int]:
    noted = select(Citing.cited_id, Citing.revision).where(Citing.reply_id == reply.id)
    return {row.cited_id: row.revision for row in session().execute(noted)}


def _cited(ids: Collection[int]) -> Sequence[Any]:
    found = select(
        Reply.id,
        Reply.state,
        Reply.revision,
        Reply.html,
        Thread.state.label("thread_state"),
        Member.name.label("author"),
    )
    found = found.join(Thread, Thread.id == Reply.thread_id).join(Member, Member.id == Reply.author_id)
    return session().execute(found.where(Reply.id.in_(ids))).all() if ids else []


def _said(row: Any, cited: str) -> bool:
    """Return whether a reply said these words, now or before, where everyone can read it."""
    if holds(row.html, cited):
        return True
    earlier = select(Revision.source).where(Revision.reply_id == row.id, Revision.hidden_reason == "")
    return any(holds(markdown.render(source), cited) for source in session().scalars(earlier))


def _dress(reply: Reply) -> None:
    quoted, noted = _quoted(reply), _noted(reply)
    fates = dict.fromkeys(quoted, Fate(OTHER))
    for row in _cited(quoted):
        if row.id in noted:
            fates[row.id] = Fate(_state(row, quoted[row.id], noted[row.id]), row.author)
    reply.html = dressed(reply.html, fates)


def _state(row: Any, cited: str, revision: int) -> str:
    if row.thread_state != STANDING or row.state not in {STANDING, FOLDED} or not _said(row, cited):
        return GONE
    if row.state == FOLDED:
        return AWAY
    return EDITED if row.revision > revision else ""


def follow(*which: ColumnElement[bool]) -> None:
    """Let every reply that cites one of some replies say what became of it; inside a transaction."""
    citing = select(Citing.reply_id).join(Reply, Reply.id == Citing.cited_id).where(*which)
    for reply in session().scalars(select(Reply).where(Reply.id.in_(citing), Reply.html != "").order_by(Reply.id)):
        reply.html = written(reply.source).html
        _dress(reply)
        requoted.send(reply)


def forget(reply_ids: Collection[int]) -> None:
    """Forget whom replies cited, and erase their words from every text that cites them and from what those said before.

    Inside a transaction.
    """
    session().execute(delete(Citing).where(Citing.reply_id.in_(reply_ids)))
    citing = select(Citing.reply_id).where(Citing.cited_id.in_(reply_ids))
    for reply in session().scalars(select(Reply).where(Reply.id.in_(citing))):
        reply.source = without(reply.source, reply_ids)
    for revision in session().scalars(select(Revision).where(Revision.reply_id.in_(citing))):
        revision.source = without(revision.source, reply_ids)

"""Which replies cite which, kept so that a citation can say what became of the words it cites."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from forum.accounts.models import Member
from forum.core import markdown
from forum.core.db import session
from forum.core.markdown import RENDERER
from forum.threads.actions.mentioning import written
from forum.threads.citations import AWAY, EDITED, GONE, OTHER, Fate, citations, cited_in, dressed, holds, without, words
from forum.threads.models import FOLDED, STANDING, Citing, Reply, Revision, Thread
from forum.threads.signals import requoted


def cite(reply: Reply) -> None:
    """Note whom a reply cites, and let its HTML say what became of that; inside a transaction.

    Words that the cited reply never said are noted by no row, and the text says that they are not its. What an earlier wording
    cites stays noted, so that words which are erased are found there, too.
    """
    quoted = _quoted(reply)
    known = _noted(reply)
    gone = known.keys() - _cited_before(reply)
    session().execute(delete(Citing).where(Citing.reply_id == reply.id, Citing.cited_id.in_(gone | quoted.keys())))
    for row in _cited(quoted):
        # Whoever cites what is for members only has read it; elsewhere its words are kept from those who may not.
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


def _cited_before(reply: Reply) -> set[int]:
    if not reply.revision:
        return set()
    sources = session().scalars(select(Revision.source).where(Revision.reply_id == reply.id))
    return set().union(*map(cited_in, sources))


def _cited(ids: Collection[int]) -> Sequence[Any]:
    found = select(
        Reply.id,
        Reply.state,
        Reply.revision,
        Reply.html,
        Reply.thread_id,
        Thread.state.label("thread_state"),
        Thread.members_only,
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


def dress(reply: Reply) -> None:
    """Render a reply anew from its source; inside a transaction."""
    reply.html, reply.renderer = written(reply.source).html, RENDERER
    _dress(reply)


def _dress(reply: Reply) -> None:
    quoted, noted = _quoted(reply), _noted(reply)
    fates = dict.fromkeys(quoted, Fate(OTHER))
    for row in _cited(quoted):
        if row.id in noted:
            stands = row.state in {STANDING, FOLDED} and _is_open(row, reply)
            fates[row.id] = Fate(_state(row, quoted[row.id], noted[row.id], stands=stands), row.author)
    reply.html = dressed(reply.html, fates)


def _is_open(row: Any, reply: Reply) -> bool:
    """Return whether those who read `reply` may read the thread of what it cites."""
    if row.thread_state != STANDING:
        return False
    return not row.members_only or row.thread_id == reply.thread_id or reply.thread.members_only


def _state(row: Any, cited: str, revision: int, *, stands: bool) -> str:
    if not stands or not _said(row, cited):
        return GONE
    if row.state == FOLDED:
        return AWAY
    return EDITED if row.revision > revision else ""


def follow(*which: ColumnElement[bool]) -> None:
    """Let every reply that cites one of some replies say what became of it; inside a transaction."""
    citing = select(Citing.reply_id).join(Reply, Reply.id == Citing.cited_id).where(*which)
    for reply in session().scalars(select(Reply).where(Reply.id.in_(citing), Reply.html != "").order_by(Reply.id)):
        dress(reply)
        requoted.send(reply)


def follow_thread(thread: Thread) -> None:
    """Let what cites replies of a thread, and what they cite, follow who may read it now; inside a transaction."""
    citing = select(Citing.cited_id).join(Reply, Reply.id == Citing.reply_id).where(Reply.thread_id == thread.id)
    follow(or_(Reply.thread_id == thread.id, Reply.id.in_(citing)))


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

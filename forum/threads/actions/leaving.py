"""What becomes of texts when someone leaves, a batch at a time: theirs, and what others wrote about them."""

from collections.abc import Collection, Sequence

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, exists, select, update

from forum.accounts.models import NOBODY
from forum.core import clock
from forum.core.db import session
from forum.core.holdings import Leaver
from forum.core.i18n import speaking
from forum.core.markdown import RENDERER
from forum.threads.actions import citing, erasing
from forum.threads.actions.counting import count, count_thread
from forum.threads.actions.mentioning import written
from forum.threads.models import HIDDEN, STANDING, WITHDRAWN, Citing, Mention, Reply, Revision, Thread
from forum.threads.reasons import TAKEN_ALONG
from forum.threads.signals import hidden, reworded, withdrawn
from forum.threads.signals import unnamed as told
from forum.threads.unnaming import unnamed

BATCH = 25  # some tenths of a second, so that nobody who writes waits long


def replies(leaver: Leaver) -> bool:
    """Withdraw and erase their replies, or let them be of someone who left."""
    theirs = select(Reply.id).where(Reply.author_id == leaver.id).order_by(Reply.id).limit(BATCH)
    ids = session().scalars(theirs).all()
    if not ids:
        return False
    if leaver.takes:
        _withdraw(ids)
    of_nobody = update(Reply).where(Reply.id.in_(ids)).values(author_id=NOBODY, form_key=None)
    session().execute(of_nobody)
    citing_them = session().scalars(select(Citing.reply_id).where(Citing.cited_id.in_(ids))).all()
    _unname({*ids, *citing_them}, leaver)
    told.send(None, replies=ids, threads=())
    return True


def _withdraw(ids: Sequence[int]) -> None:
    gone = session().scalars(select(Reply).where(Reply.id.in_(ids)).order_by(Reply.id)).all()
    for reply in gone:
        if reply.state == STANDING:
            count(reply, -1)
        if reply.state != WITHDRAWN:
            reply.state, reply.state_at = WITHDRAWN, clock.now()
    session().flush()
    erasing.wipe(ids)
    session().flush()
    session().expire_all()
    for reply in gone:
        withdrawn.send(reply)


def threads(leaver: Leaver) -> bool:
    """Take their opening texts and titles along, or let them be of someone who left; their replies are seen to before."""
    theirs = select(Thread).where(Thread.author_id == leaver.id).order_by(Thread.id).limit(BATCH)
    found = session().scalars(theirs).all()
    for thread in found:
        thread.author_id, thread.form_key = NOBODY, None
        if leaver.takes:
            _take_along(thread)
        else:
            thread.source = unnamed(thread.source, leaver.name_key)
            thread.html, thread.renderer = written(thread.source).html, RENDERER
        reworded.send(thread)
    return bool(found)


def _take_along(thread: Thread) -> None:
    with speaking(current_app.config["LOCALE"]):
        thread.title = _("A thread whose title is gone")
    thread.source = thread.html = ""
    session().execute(delete(Mention).where(Mention.thread_id == thread.id))
    if thread.state == STANDING and not session().scalar(select(exists().where(_said_in(thread)))):
        thread.state, thread.state_reason, thread.pin_scope = HIDDEN, TAKEN_ALONG, ""
        count_thread(thread, -1)
        hidden.send(thread)


def _said_in(thread: Thread) -> ColumnElement[bool]:
    return (Reply.thread_id == thread.id) & (Reply.source != "")


def mentions(leaver: Leaver) -> bool:
    """Take their name out of the texts that mention them."""
    theirs = select(Mention).where(Mention.member_id == leaver.id).order_by(Mention.id).limit(BATCH)
    found = session().scalars(theirs).all()
    in_replies = [mention.reply_id for mention in found if mention.reply_id]
    in_threads = [mention.thread_id for mention in found if mention.thread_id]
    _unname(in_replies, leaver)
    for thread in session().scalars(select(Thread).where(Thread.id.in_(in_threads))):
        thread.source = unnamed(thread.source, leaver.name_key)
        thread.html, thread.renderer = written(thread.source).html, RENDERER
    for mention in found:
        session().delete(mention)
    session().flush()
    told.send(None, replies=in_replies, threads=in_threads)
    return bool(found)


def _unname(ids: Collection[int], leaver: Leaver) -> None:
    """Take their name out of replies and of what those said before."""
    for revision in session().scalars(select(Revision).where(Revision.reply_id.in_(ids))):
        revision.source = unnamed(revision.source, leaver.name_key)
    for reply in session().scalars(select(Reply).where(Reply.id.in_(ids), Reply.source != "").order_by(Reply.id)):
        before, reply.source = reply.source, unnamed(reply.source, leaver.name_key)
        if reply.source != before or "](/replies/" in before:
            citing.dress(reply)

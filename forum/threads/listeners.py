from flask_babel import gettext as _
from sqlalchemy import select

from forum.core import clock, i18n
from forum.core.config import setting
from forum.core.db import Site, session
from forum.essays.models import Essay
from forum.essays.signals import published
from forum.threads.actions import citing, placing
from forum.threads.models import Reply, Revision, Thread
from forum.threads.signals import (
    arranged,
    edited,
    folded,
    hidden,
    merged,
    moved,
    restored,
    returned,
    unfolded,
    withdrawn,
)


@edited.connect
@withdrawn.connect
@returned.connect
@hidden.connect
@restored.connect
@folded.connect
@unfolded.connect
def tell_who_cites(what: Reply | Thread | Revision) -> None:
    if isinstance(what, Thread):
        citing.follow(Reply.thread_id == what.id)
    else:
        citing.follow(Reply.id == (what.reply_id if isinstance(what, Revision) else what.id))


@arranged.connect
def tell_who_may_read(thread: Thread) -> None:
    citing.follow_thread(thread)


@moved.connect
@merged.connect
def tell_where_it_went(into: Thread, *, source: Thread, **_rest: object) -> None:
    if source.members_only != into.members_only:
        citing.follow_thread(into)


@published.connect
def open_conversation(essay: Essay, *, first: bool, **_rest: object) -> None:
    """Give a new essay its thread; the forum's first one is pinned. A new edition may bring a new title, and its replies follow it."""
    if not first:
        thread = session().execute(select(Thread).where(Thread.essay_id == essay.id)).scalar_one()
        thread.title = essay.title
        placing.begin(thread, essay)
        return
    at = clock.now()
    pulse = session().execute(select(Site.pulse)).scalar_one()
    thread = Thread(essay_id=essay.id, title=essay.title, created_at=at, latest_at=at, activity=pulse)
    if session().scalar(select(Thread.id).limit(1)) is None:
        with i18n.speaking(setting("FORUM_LOCALE")):
            thread.pinned_reason = _("The text that this place grew from.")
        thread.pin_scope, thread.pinned_at, thread.pinned_role = "forum", at, "host"
    session().add(thread)
    session().flush()

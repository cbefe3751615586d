from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.markdown import RENDERER, raised
from forum.core.rules import require
from forum.themes.models import Theme
from forum.threads.actions.counting import count_thread
from forum.threads.actions.mentioning import mention, written
from forum.threads.form_keys import once
from forum.threads.models import Thread
from forum.threads.signals import opened, posted, reworded


def open_thread(theme: Theme, *, title: str, source: str, by: Member, form_key: str, draft: int = 0) -> Thread:
    """Open a thread under a theme. The same form with the same words gives one thread. Raises Refused or TooOften."""
    key, text = once(form_key, f"{title}\n{source}"), written(source)
    with transaction() as pulse:
        posted.send(by, draft=draft)
        same = select(Thread).where(Thread.author_id == by.id, Thread.form_key == key)
        if known := session().scalar(same):
            return known
        require("open_thread", by, theme)
        limits.check("thread", str(by.id))
        limits.count("thread", str(by.id))
        at = clock.now()
        thread = Thread(
            theme_id=theme.id,
            author_id=by.id,
            title=title,
            source=source,
            html=raised(text.html),
            renderer=RENDERER,
            created_at=at,
            latest_at=at,
            activity=pulse,
            form_key=key,
        )
        session().add(thread)
        session().flush()
        count_thread(thread, 1)
        opened.send(thread)
        mention(thread, text.mentioned, by)
        return thread


def edit_thread(thread: Thread, *, title: str, source: str, by: Member, draft: int = 0) -> None:
    """Change the title and the opening text. Raises Refused."""
    text = written(source)
    with transaction():
        posted.send(by, draft=draft)
        require("edit_thread", by, thread)
        if (thread.title, thread.source) == (title, source):
            return
        thread.title, thread.source, thread.html, thread.renderer = title, source, raised(text.html), RENDERER
        thread.edited_at = clock.now()
        reworded.send(thread)
        mention(thread, text.mentioned, by)

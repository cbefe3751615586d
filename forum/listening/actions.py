from collections.abc import Iterator

from sqlalchemy import delete

from forum.accounts.models import Member
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.listening import queries
from forum.listening.models import Listener
from forum.listening.weeks import LASTS, week, word
from forum.threads.models import Thread

BATCH = 50


def listen(thread: Thread, *, by: Member) -> Listener:
    """Let a member be there for 30 days from now; nobody's page changes by it but theirs. Raises Refused."""
    with transaction(public=False):
        require("listen", by, queries.foot(thread))
        here = session().get(Listener, (by.id, thread.id))
        if here is None:
            here = Listener(member_id=by.id, thread_id=thread.id)
            session().add(here)
        here.until = queries.today() + LASTS
        return here


def leave(thread_id: int, *, by: Member) -> None:
    """Take it back. Also where the practice is off: it is one's own."""
    with transaction(public=False):
        if here := session().get(Listener, (by.id, thread_id)):
            session().delete(here)


def tell() -> Iterator[int]:
    """Say anew, once a week, how many listen; and remove who has ended; yield how many threads were looked at."""
    while queries.untold(1):
        with transaction():
            untold = queries.untold(BATCH)
            for thread in untold:
                session().execute(
                    delete(Listener).where(Listener.thread_id == thread.id, Listener.until < queries.today())
                )
                thread.listening = word(queries.count(thread.id))
                thread.listening_week = week(queries.today())
        yield len(untold)
    session().rollback()

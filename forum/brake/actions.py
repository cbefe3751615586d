"""Slowing an exchange down, or letting it run: by those who keep its thread, for a day."""

from datetime import timedelta

from forum.accounts.models import Member
from forum.brake import queries
from forum.brake.models import Pace
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.threads.actions.keeping import record
from forum.threads.models import Reply

LASTS = timedelta(days=1)
AUTO = "auto"


def set_pace(root: Reply, minutes: int | None, *, reason: str, by: Member) -> None:
    """Set the pause of an exchange, 0 to lift it; None leaves it to the forum again."""
    with transaction():
        require("set_pace", by, root)
        if known := session().get(Pace, root.id):
            session().delete(known)
            session().flush()
        if minutes is None:
            record("set_pace", root.thread, by, reason, reply_id=root.id, detail=AUTO)
            return
        until = clock.now() + LASTS
        session().add(Pace(root_id=root.id, minutes=minutes, until=until))
        record("set_pace", root.thread, by, reason, reply_id=root.id, detail=str(minutes), until=until)


def check(answered: Reply, by: Member) -> None:
    """Raise Paused where someone has still a pause to make; inside a transaction."""
    if pause := queries.paused(answered, by):
        raise pause

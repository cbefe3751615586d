"""Cases to decide about, for the tests of decisions."""

from sqlalchemy import select

from forum.core.db import session
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case
from tests import make

FACTS = {"rule": "threats", "facts": "You wrote that you will come by."}


def case_of(reply, by, reason="wounds"):
    """Have a reply flagged; return its open case."""
    flagging.flag(reply, Complaint(reason), by=by)
    make.unlimited()
    return session().scalars(select(Case).where(Case.reply_id == reply.id, Case.closed_at.is_(None))).one()

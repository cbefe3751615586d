"""What waits for a moderator in the demo: of people who have written nothing yet."""

from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.db import session
from forum.threads.actions.replying import Words
from forum.threads.models import Reply
from forum.waiting import actions
from forum.waiting.models import FIRST, LINK


def arrive(story: Any) -> None:
    """Let two people write for the first time, one of them with a link."""
    silent = (
        select(Member).where(Member.id.not_in(select(Reply.author_id)), Member.role == "member").order_by(Member.id)
    )
    texts = story.words.sections["waiting"]
    for by, text, why in zip(session().scalars(silent.limit(2)).all(), texts, (FIRST, LINK), strict=True):
        said = Words(story.third, "lived" if why == FIRST else "thinking", text)
        actions.hold(story.talk, None, said, by=by, form_key=next(story.keys), draft=0, why=why)

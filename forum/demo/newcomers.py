"""What waits for a moderator in the demo: replies of people who have written nothing yet, and an account."""

from typing import Any

from sqlalchemy import select

from forum.accounts.actions import admitting
from forum.accounts.models import PROOF, Member
from forum.core.db import session, transaction
from forum.threads.actions.replying import Words
from forum.threads.models import Reply
from forum.waiting import actions
from forum.waiting.models import FIRST, LINK


def arrive(story: Any) -> None:
    """Let two people write for the first time, one of them with a link, and a third wait at the door."""
    silent = (
        select(Member).where(Member.id.not_in(select(Reply.author_id)), Member.role == "member").order_by(Member.id)
    )
    texts = story.words.sections["waiting"]
    *writers, last = session().scalars(silent.limit(3)).all()
    for by, text, why in zip(writers, texts, (FIRST, LINK), strict=True):
        said = Words(story.third, "lived" if why == FIRST else "thinking", text)
        actions.hold(story.talk, None, said, by=by, form_key=next(story.keys), draft=0, why=why)
    with transaction():
        admitting.hold(last, PROOF)

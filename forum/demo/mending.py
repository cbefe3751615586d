"""What in the demo was folded, is to be mended, and was."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.demo.flagging import unflagged
from forum.moderation.actions import deciding, flagging, mending
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Mend
from forum.moderation.names import CARICATURE, WOUNDS
from forum.rules import queries as house


def mends(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    lines = story.words.sections["mends"]

    def fold() -> None:
        of, rule = unflagged(15), "answer" if "answer" in dict(house.choices()) else ""
        ruling = Ruling("fold", rule, lines[0], said=lines[0])
        deciding.decide_on_own(of, ruling, known=0, by=story.named("dario"))

    def wound() -> None:
        """Let three who have long been here flag one reply, which is folded by it."""
        of = unflagged(10)
        for name, reason in (("bruno", WOUNDS), ("elena", CARICATURE), ("farid", WOUNDS)):
            flagging.flag(of, Complaint(reason), by=story.named(name))

    def mend() -> None:
        flagging.flag(unflagged(30), Complaint(WOUNDS), by=story.named("bruno"))
        mended = latest()
        reply = mended.case.reply
        if reply:
            mending.reword(mended, kind=reply.kind, source=lines[1], by=reply.author)

    def stand_by() -> None:
        flagging.flag(unflagged(8), Complaint(CARICATURE), by=story.named("elena"))
        mended = latest()
        if mended.case.author:
            mending.stand_by(mended, lines[2], by=mended.case.author)

    return [fold, wound, mend, stand_by]


def latest() -> Mend:
    return session().scalars(select(Mend).order_by(Mend.case_id.desc()).limit(1)).one()

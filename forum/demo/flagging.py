"""What some in the demo have flagged: a case of each kind that is open, and some in which something was decided."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.db import session
from forum.demo.deciding import decisions
from forum.moderation.actions import flagging, handling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case
from forum.moderation.names import CARICATURE, EXPOSES, SPAM, UNLAWFUL, WOUNDS
from forum.threads.models import STANDING, Reply


def unflagged(number: int) -> Reply:
    """Return a standing reply of someone who neither keeps the place nor flags in this story."""
    apart = select(Member.id).where(Member.name.in_(("ada", "bruno", "carla", "dario", "elena", "farid")))
    of_others = select(Reply).where(Reply.state == STANDING, Reply.author_id.not_in(apart), ~Reply.flagged)
    return session().scalars(of_others.order_by(Reply.id.desc()).offset(number).limit(1)).one()


def flags(story: Any) -> list[Callable[[], None]]:
    """Return the acts of a Story, each to be done at a moment of its own."""
    lines = story.words.sections["flags"]
    cases: list[int] = []

    def flag(of: Callable[[], Any], reason: str, by: str, line: str = "") -> Callable[[], None]:
        def done() -> None:
            text = of()
            own = getattr(text, "author_id", None) == story.members[by]
            flagging.flag(text, Complaint(reason, line=line), by=story.named("farid" if own else by))
            cases.append(session().scalars(select(Case.id).order_by(Case.id.desc())).first() or 0)

        return done

    def take() -> None:
        case = session().get_one(Case, cases[5])
        handling.claim(case, by=story.named("carla"))
        handling.note(case, lines[3], by=story.named("carla"))

    def ada_is_flagged() -> None:
        own = select(Reply).where(Reply.state == STANDING, Reply.author_id == story.members["ada"])
        flagging.flag(
            session().scalars(own.order_by(Reply.id).limit(1)).one(),
            Complaint(CARICATURE, line=lines[2]),
            by=story.named("farid"),
        )

    return [
        flag(lambda: unflagged(12), SPAM, "ada", lines[0]),
        flag(lambda: unflagged(20), WOUNDS, "bruno"),
        flag(lambda: unflagged(15), EXPOSES, "farid"),
        flag(lambda: unflagged(22), SPAM, "farid"),
        flag(lambda: unflagged(26), CARICATURE, "elena"),
        *decisions(story, cases),
        flag(lambda: unflagged(4), WOUNDS, "ada", lines[1]),
        flag(lambda: unflagged(7), EXPOSES, "bruno"),
        flag(lambda: story.others[9], UNLAWFUL, "elena"),
        flag(lambda: story.named("hanna"), SPAM, "elena"),
        ada_is_flagged,
        take,
    ]

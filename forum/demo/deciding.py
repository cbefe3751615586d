"""What moderators decide in the demo: a decision of most kinds, an appeal that waits, and one that was right."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.db import session
from forum.core.rules import may
from forum.moderation.actions import appealing, deciding
from forum.moderation.actions.deciding import Ruling
from forum.moderation.models import Appeal, Case, Decision
from forum.moderation.queries import appeals
from forum.moderation.queries import cases as queries
from forum.rules import queries as house
from forum.threads.models import STANDING, Reply


def decisions(story: Any, cases: Sequence[int]) -> list[Callable[[], None]]:
    """Return the acts in which the first of some cases are decided, and one without a flag; each at a moment of its own."""
    facts = story.words.sections["decisions"]

    def ruling(kind: str, rule: str, **more: Any) -> Ruling:
        return Ruling(kind, rule if rule in dict(house.choices()) else "", **more)

    def decide(number: int, kind: str, by: str, rule: str = "", **more: Any) -> Callable[[], None]:
        def done() -> None:
            case = session().get_one(Case, cases[number])
            free = (
                one for one in (story.named(by), *_staff(story)) if may("work_on_case", one, queries.desk(case, one))
            )
            if one := next(free, None):  # else all who could have a part in it
                deciding.decide(case, ruling(kind, rule, **more), by=one)

        return done

    def hide_on_own() -> None:
        mine = select(Reply).where(Reply.state == STANDING, Reply.author_id == story.members["ada"], ~Reply.flagged)
        reply = session().scalars(mine.order_by(Reply.id.desc()).offset(2).limit(1)).one()
        ruled = ruling("hide", "answer", facts=facts[3])
        deciding.decide_on_own(reply, ruled, known=0, by=story.named("dario"))

    def appeal(found: str, text: str) -> Callable[[], None]:
        def done() -> None:
            of = _hidden(story, found)
            if of.author:
                appealing.appeal(of, text, by=of.author)

        return done

    def reverse() -> None:
        of = session().scalars(select(Appeal).order_by(Appeal.id).limit(1)).one()
        by = next(one for one in _staff(story) if _may_judge(of, one))
        appealing.judge(of, "reversed", reasons=facts[4], by=by)

    return [
        decide(0, "nothing", "dario"),
        decide(1, "note", "dario", "answer", facts=facts[0], note=facts[1]),
        decide(2, "remove", "carla", "expose", facts=facts[2]),
        decide(3, "pause", "carla", "theme", facts=facts[5], hours=24),
        decide(4, "hide", "dario", "answer", facts=facts[3]),
        hide_on_own,
        appeal("flags", facts[6]),
        reverse,
        appeal("own", facts[7]),
    ]


def _hidden(story: Any, found: str) -> Decision:
    """Return the latest decision to hide something about whose appeal someone else could decide."""
    made = select(Decision).where(Decision.kind == "hide", Decision.found == found, Decision.undone_at.is_(None))

    def can_be_judged(of: Decision) -> bool:
        asked = Appeal(decision=of, by_id=of.author_id, outcome="")
        return of.author is not None and any(_may_judge(asked, one) for one in _staff(story))

    return next(filter(can_be_judged, session().scalars(made.order_by(Decision.id.desc()))))


def _staff(story: Any) -> list[Member]:
    return [story.named("carla"), story.named("dario")]


def _may_judge(of: Appeal, by: Member) -> bool:
    return may("judge_appeal", by, appeals.judging(of, by))

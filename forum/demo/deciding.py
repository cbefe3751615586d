"""What moderators decide in the demo: a decision of most kinds, an appeal that waits, and one that was right."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from forum.core.db import session
from forum.moderation.actions import appealing, deciding
from forum.moderation.actions.deciding import Ruling
from forum.moderation.models import Appeal, Case, Decision
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
            deciding.decide(case, ruling(kind, rule, **more), by=story.named(by))

        return done

    def hide_on_own() -> None:
        mine = select(Reply).where(Reply.state == STANDING, Reply.author_id == story.members["ada"], ~Reply.flagged)
        reply = session().scalars(mine.order_by(Reply.id.desc()).offset(2).limit(1)).one()
        ruled = ruling("hide", "answer", facts=facts[3])
        deciding.decide_on_own(reply, ruled, known=0, by=story.named("dario"))

    def hidden(found: str) -> Decision:
        made = select(Decision).where(Decision.kind == "hide", Decision.found == found)
        return session().scalars(made.order_by(Decision.id.desc()).limit(1)).one()

    def appeal(found: str, text: str) -> Callable[[], None]:
        def done() -> None:
            of = hidden(found)
            if of.author:
                appealing.appeal(of, text, by=of.author)

        return done

    def reverse() -> None:
        of = session().scalars(select(Appeal).order_by(Appeal.id).limit(1)).one()
        appealing.judge(of, "reversed", reasons=facts[4], by=story.named("carla"))

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

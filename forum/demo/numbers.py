"""What was flagged in the demo all along by those who only read, and decided or mended soon: the numbers of its months."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from forum.accounts.models import Member
from forum.core.db import session
from forum.core.rules import refusal
from forum.moderation.actions import deciding, flagging, mending
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import CLOSED, Case
from forum.moderation.names import CARICATURE, EXPOSES, SPAM, WOUNDS
from forum.moderation.queries import cases, flags
from forum.rules import queries as house

REASONS = (SPAM, WOUNDS, SPAM, EXPOSES, SPAM, CARICATURE, SPAM, WOUNDS)
KINDS = ("nothing", "hide", "nothing", "nothing", "hide")
TIMES = 4


def among(story: Any, acts: Sequence[Callable[[], None]]) -> list[Callable[[], None]]:
    """Return some acts with those of this file between them, far apart."""
    own = _acts(story)
    step = len(acts) // len(own)
    parted = [acts[place * step : (place + 1) * step] for place in range(len(own))]
    mixed = [act for one, part in zip(own, parted, strict=True) for act in (*part, one)]
    return [*mixed, *acts[len(own) * step :]]


def _acts(story: Any) -> list[Callable[[], None]]:
    rng = Random(11)  # noqa: S311 (the same each time, and no secrets)
    waiting: list[int] = []

    def flag(reason: str) -> Callable[[], None]:
        def done() -> None:
            readers = [number for number, eagerness in story.eagerness.items() if not eagerness]
            if not readers or not story.standing:
                return
            # Nobody answers it any more, nor rewords it: the story goes on without it.
            reply = story.standing.pop(rng.randrange(len(story.standing)))
            by = session().get_one(Member, rng.choice(readers))
            flagging.flag(reply, Complaint(reason), by=by)
            found = flags.open_case(flags.target(reply, by))
            if found:
                waiting.append(found.id)

        return done

    def settle(kind: str) -> Callable[[], None]:
        def done() -> None:
            case = session().get_one(Case, waiting.pop(0)) if waiting else None
            if case is None or case.state == CLOSED:
                return
            if case.mend and case.mend.told_at and case.author:
                mending.add_line(case.mend, story.words.draw("afterthoughts"), by=case.author)
                return
            free = (story.named(name) for name in ("carla", "dario"))
            by = next((one for one in free if refusal("work_on_case", one, cases.desk(case, one)) is None), None)
            if by:
                deciding.decide(case, _ruling(story, kind), by=by)

        return done

    numbers = range(TIMES * len(REASONS))
    return [act for number in numbers for act in (flag(_of(REASONS, number)), settle(_of(KINDS, number)))]


def _of(several: Sequence[str], number: int) -> str:
    return several[number % len(several)]


def _ruling(story: Any, kind: str) -> Ruling:
    rule = "theme" if "theme" in dict(house.choices()) else ""
    return Ruling(kind) if kind == "nothing" else Ruling(kind, rule, facts=story.words.sections["decisions"][3])

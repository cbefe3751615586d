"""Makers: what a test needs to stand there already, made the way the forum makes it."""

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from forum.accounts.models import Member
from forum.core import limits
from forum.core.db import session
from forum.essays.anchors import Quote
from forum.essays.importing import EssayText, ThemeText
from forum.moderation.actions import deciding
from forum.moderation.actions.deciding import Ruling
from forum.moderation.models import Case, Decision
from forum.rules import queries
from forum.themes import queries as themes
from forum.themes.models import Theme
from forum.threads.actions import keeping, opening, replying
from forum.threads.models import Reply, Thread

numbers = itertools.count(1)

ESSAY = EssayText(
    title="On Bridges",
    author="Fiamma",
    published="Mar 3",
    updated="",
    language="en",
    note="written for these tests",
    themes=(
        ThemeText("polarization", "Polarization", "What turned the talk?", (1, 2)),
        ThemeText("mistrust", "Mistrust", "What made you wary?", (2, 3)),
    ),
    passages=(
        "A bridge is built from both banks at once.",
        "Whoever stands on one bank sees only the other one's back.",
        "Nobody crosses first without a little fear.",
        "And yet there are bridges.",
    ),
    left_out=(),
)


def form_key() -> str:
    return f"form{next(numbers)}"


def theme(key: str = "mistrust") -> Theme:
    found = themes.by_key(key)
    assert found
    return found


def essay_thread() -> Thread:
    return session().execute(select(Thread).where(Thread.essay_id.is_not(None))).scalar_one()


def passage_id(number: int) -> int:
    from forum.essays.models import Passage

    return session().execute(select(Passage.id).where(Passage.key == f"p{number}")).scalar_one()


def thread(
    by: Member, *, title: str = "A bench by the river", text: str = "Come and sit.", key: str = "mistrust"
) -> Thread:
    unlimited()
    return opening.open_thread(theme(key), title=title, source=text, by=by, form_key=form_key())


def words(
    text: str, *, key: str = "mistrust", kind: str = "thinking", passage: int | None = None, quote: str = ""
) -> replying.Words:
    about = Quote(quote) if quote else None
    return replying.Words(theme(key).id, kind, text, passage_id(passage) if passage else None, quote=about)


def reply(
    by: Member,
    within: Thread | None = None,
    text: str = "I hear you.",
    *,
    key: str = "mistrust",
    passage: int | None = None,
    quote: str = "",
) -> Reply:
    unlimited()
    said = words(text, key=key, passage=passage, quote=quote)
    return replying.reply(within or essay_thread(), said, by=by, form_key=form_key())


def answer(by: Member, to: Reply, text: str = "And I you.", *, waited: bool = True) -> Reply:
    """Answer a reply; nobody has to pause before it, unless they have not `waited`."""
    unlimited()
    said = replying.Words(to.theme_id, "asking", text, to.passage_id)
    return replying.answer(to, said, by=by, form_key=form_key(), waited=waited)


def aged(which: Reply, hours: int = 1) -> Reply:
    """Let a reply have been written so long ago."""
    which.created_at -= timedelta(hours=hours)
    session().commit()
    return which


def locked(which: Thread, by: Member, reason: str = "We sleep over it.") -> Thread:
    keeping.lock(which, reason=reason, by=by)
    return which


def unlimited() -> None:
    """Forget how often anyone did anything: a maker is no flood."""
    session().execute(delete(limits.Attempt))
    session().commit()


def decided(case: Case, kind: str, by: Member, **more: Any) -> Decision:
    """Decide about a case, by the rule against threats where the forum has rules."""
    rule = "threats" if kind != "nothing" and queries.latest() else ""
    return deciding.decide(case, Ruling(kind, rule, **{"facts": "As it stands there.", **more}), by=by)

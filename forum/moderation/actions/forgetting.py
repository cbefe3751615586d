"""What is kept of flags no longer: first who flagged and what they said, later the words as they stood."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, update

from forum.core.db import session, transaction
from forum.core.holdings import Leaver
from forum.moderation.actions.kinds import BAN
from forum.moderation.models import Appeal, Case, Decision, Flag, Mend
from forum.threads.unnaming import holds_names, unnamed

NOBODY = {"member_id": None, "name": "", "email": "", "line": "", "ground": "", "receipt": None}


def forget_persons(before: datetime) -> int:
    """Forget who flagged in cases that were closed before a moment; return how many flags that were."""
    return _blank(before, or_(Flag.member_id.is_not(None), Flag.receipt.is_not(None)), NOBODY)


def forget_wordings(before: datetime) -> int:
    return _blank(before, Flag.wording != "", {"wording": "", "words": ""})


def forget_answers(before: datetime) -> int:
    """Forget why authors stood by what they were asked to mend; return how many did."""
    said = (Mend.case_id.in_(select(Case.id).where(Case.closed_at <= before)), Mend.reason != "")
    if not session().scalar(select(exists().where(*said))):
        return 0
    with transaction(public=False):
        blank = update(Mend).where(*said).values(reason="")
        return session().execute(blank.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]


def unname(leaver: Leaver) -> bool:
    """Take the name of someone who left out of words as they stood when they were flagged; inside a transaction."""
    for flag in session().scalars(select(Flag).where(or_(holds_names(Flag.wording), holds_names(Flag.words)))):
        flag.wording = unnamed(flag.wording, leaver.name_key)
        flag.words = unnamed(flag.words, leaver.name_key)
    return False


def _blank(before: datetime, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    due = (Flag.case_id.in_(select(Case.id).where(Case.closed_at <= before)), which)
    count = session().scalar(select(func.count()).select_from(Flag).where(*due)) or 0
    if count:
        with transaction(public=False):
            blank = update(Flag).where(*due).values(values)
            session().execute(blank.execution_options(synchronize_session=False))
    return count


def forget_facts(before: datetime) -> int:
    """Forget in words what happened where something was decided before a moment, but for what bans someone still."""
    over = or_(Decision.kind != BAN, Decision.undone_at.is_not(None))
    due = (Decision.at <= before, Decision.facts != "", over)
    count = session().scalar(select(func.count()).select_from(Decision).where(*due)) or 0
    if count:
        with transaction(public=False):
            blank = update(Decision).where(*due).values(facts="")
            session().execute(blank.execution_options(synchronize_session=False))
    return count


def forget_appeals(before: datetime) -> int:
    """Forget the words of appeals that were decided before a moment."""
    due = (Appeal.decided_at <= before, Appeal.text != "")
    count = session().scalar(select(func.count()).select_from(Appeal).where(*due)) or 0
    if count:
        with transaction(public=False):
            blank = update(Appeal).where(*due).values(text="", reasons="")
            session().execute(blank.execution_options(synchronize_session=False))
    return count

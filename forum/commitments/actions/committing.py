"""Keeping a commitment, being asked about it, answering, throwing it away. No reader but its owner ever sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forum.accounts.models import Member
from forum.commitments import queries
from forum.commitments.actions import telling
from forum.commitments.models import Commitment, FieldNote
from forum.commitments.plans import ANSWERS, Plan, closed
from forum.commitments.practice import KEY
from forum.commitments.signals import due, settled
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.core.sealed import fingerprint
from forum.practices import queries as practices
from forum.themes.models import Theme

BATCH = 50


@dataclass(frozen=True, slots=True)
class Words:
    """When `when` happens among my `among`, I will `will`."""

    when: str
    among: str
    will: str


def commit(theme: Theme, words: Words, *, ask_on: date | None, by: Member, form_key: str) -> Commitment:
    """Keep a commitment; the same form with the same words gives the one that it made. Raises Refused or TooOften."""
    key = fingerprint("form of a commitment", f"{form_key}\n{words.when}\n{words.among}\n{words.will}")
    with transaction(public=False):
        if known := queries.of_form(by.id, key):
            return known
        require("commit", by, queries.room(by, theme.key))
        limits.check("commitment", str(by.id))
        limits.count("commitment", str(by.id))
        plan = Plan(theme.id, words.when, words.among, words.will, queries.today().isoformat())
        made = Commitment(member_id=by.id, sealed=closed(plan, by.id), ask_on=ask_on, form_key=key)
        session().add(made)
        session().flush()
        return made


def answer(commitment: Commitment, said: str, *, by: Member) -> None:
    """Say what came of a commitment: one of ANSWERS. Nobody is asked about it any more."""
    with transaction(public=False):
        require("answer_commitment", by, commitment)
        plan = commitment.plan
        if plan is None or said not in ANSWERS:
            return
        commitment.sealed, commitment.ask_on = closed(plan.answered(said), by.id), None
        _settle(by.id)


def throw_away(commitment: Commitment, *, by: Member) -> None:
    """Let a commitment be gone from everywhere, and with it the field note that came of it. Raises Refused."""
    with transaction():
        require("throw_away_commitment", by, commitment)
        plan = commitment.plan
        if plan and plan.note and (note := session().get(FieldNote, plan.note)):
            telling.wipe(note)
        session().delete(commitment)
        _settle(by.id)


def _settle(member_id: int) -> None:
    session().flush()
    if not queries.unanswered(member_id):
        settled.send(None, member_id=member_id)


def ask_those_due() -> Iterator[int]:
    """Ask those whose day has come, batch after batch; yield how many. While the practice is off nobody is asked.

    Each batch is a transaction of its own, so this can be broken off anywhere, and done by several processes at once.
    """
    if not _any_due() or not practices.still_on(KEY):
        return
    while _any_due():
        with transaction(public=False):
            asked = queries.due(BATCH)
            for commitment in asked:
                commitment.asked_at = clock.now()
            for member_id in dict.fromkeys(commitment.member_id for commitment in asked):
                due.send(None, member_id=member_id)
        yield len(asked)
    session().rollback()


def _any_due() -> bool:
    return bool(queries.due(1))

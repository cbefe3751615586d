"""Appealing against a decision, and deciding about an appeal."""

from typing import Any

from forum.accounts.models import Member
from forum.core import clock, log
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.moderation.actions import deciding
from forum.moderation.models import Appeal, Decision, Flag
from forum.moderation.names import REVERSED, UPHELD
from forum.moderation.queries import appeals as queries
from forum.moderation.signals import appealed, judged
from forum.threads.reasons import APPEALED
from forum.threads.signals import recorded


def appeal(decision: Decision, text: str, *, by: Member) -> Appeal:
    """Say why one does not agree with what was decided about oneself. The same again is the same appeal. Raises Refused."""
    with transaction(public=False):
        if (known := queries.own(decision, by)) and known.text == text:
            return known
        require("appeal", by, queries.appealing(decision, by))
        return _made(decision, text, by.id, None)


def appeal_as_reporter(flag: Flag, text: str, *, by: Any) -> Appeal:
    """Say why one does not agree that nothing is wrong with what one flagged. A visitor holds the receipt. Raises Refused."""
    with transaction(public=False):
        if (known := queries.of_flag(flag.id)) and known.text == text:
            return known
        decision, stand = queries.of_reporter(flag)
        require("appeal", by, stand)
        if decision is None:
            raise LookupError(flag.id)
        return _made(decision, text, by.id if by else None, flag.id)


def _made(decision: Decision, text: str, by_id: int | None, flag_id: int | None) -> Appeal:
    at = clock.now()
    made = Appeal(
        decision_id=decision.id, flag_id=flag_id, by_id=by_id, text=text, at=at, due_at=at + queries.DUE, outcome=""
    )
    session().add(made)
    session().flush()
    appealed.send(made)
    return made


def judge(of: Appeal, outcome: str, *, reasons: str, by: Member) -> None:
    """Decide about an appeal: UPHELD lets the decision stand, REVERSED takes it back and restores what was. Raises Refused."""
    with transaction():
        require("judge_appeal", by, queries.judging(of, by))
        _close(of, outcome, reasons, by.id)
        if outcome == REVERSED and of.decision.undone_at is None:
            deciding.undo(of.decision, reason=APPEALED, by=by)
        act = "uphold_appeal" if outcome == UPHELD else "reverse_appeal"
        entry = log.record(act, by.id, by.role, member_id=of.by_id)
        of.entry_id = entry.id
        recorded.send(entry)
        judged.send(of)


def follow(decision: Decision) -> None:
    """Let appeals against a decision be over that was taken back otherwise; inside a transaction."""
    for of in queries.waiting_against(decision.id):
        _close(of, REVERSED, decision.undone_reason, decision.undone_by_id)


def _close(of: Appeal, outcome: str, reasons: str, by_id: int | None) -> None:
    of.outcome, of.reasons, of.decided_by_id, of.decided_at = outcome, reasons, by_id, clock.now()

"""What each kind of decision does, and how that is undone; each returns what the log says of it."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from forum.accounts.actions import barring
from forum.accounts.models import Member
from forum.commitments.actions import keeping as commitments
from forum.commitments.models import FieldNote
from forum.core import clock, log
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import mending, removing
from forum.moderation.models import CLOSED, OPEN, Case, Decision
from forum.threads.actions import keeping
from forum.threads.models import FOLDED, HIDDEN, STANDING, WITHDRAWN, Reply, Thread
from forum.threads.reasons import FOR_NOW, SEEN, UNTIL_LOOKED_AT

Bound = Reply | Thread | Member | FieldNote
LIFTED: dict[str, Callable[..., LogEntry]] = {HIDDEN: keeping.restore_reply, FOLDED: keeping.unfold_reply}


def find_nothing(decision: Decision, bound: Any, _reason: str, by: Member) -> LogEntry:
    """Let what flags had hidden or folded stand again."""
    if isinstance(bound, Reply) and bound.state in LIFTED and bound.state_reason in FOR_NOW:
        decision.before = {"held": bound.state}
        return LIFTED[bound.state](bound, reason=SEEN, by=by)
    if isinstance(bound, FieldNote) and bound.state == HIDDEN and bound.state_reason in FOR_NOW:
        decision.before = {"held": bound.state}
        return commitments.restore(bound, reason=SEEN, by=by)
    return log.record("find_nothing", by.id, by.role)


def reopen(decision: Decision, bound: Any, reason: str, by: Member) -> LogEntry:
    if decision.case.state == CLOSED:
        decision.case.state, decision.case.outcome, decision.case.closed_at = OPEN, "", None
    if isinstance(bound, Reply) and (held := decision.before.get("held")):
        keeping.hold_reply(bound) if held == HIDDEN else keeping.fold_for_now(bound, UNTIL_LOOKED_AT)
    if isinstance(bound, FieldNote) and decision.before.get("held"):
        commitments.hold(bound)
    return log.record("reopen_case", by.id, by.role, reason=reason)


def can_ask(case: Case) -> bool:
    return case.mend is None and case.author_id is not None


def ask(decision: Decision, _bound: Reply, _reason: str, by: Member) -> LogEntry:
    """Ask its author to mend it, and leave the case to them."""
    case = decision.case
    mending.ask(case, by=by)
    case.claimed_by_id = case.claimed_at = None
    return log.record("ask_to_mend", by.id, by.role)


def ask_no_more(decision: Decision, _bound: Reply, reason: str, by: Member) -> LogEntry:
    if decision.case.mend and decision.case.mend.answer:
        raise Refused("undo_decision", _("Its author has answered already."))
    mending.ask_no_more(decision.case)
    return over(decision, reason, by)


def note(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    return removing.note(bound, decision.note, reason=reason, by=by)


def take_note(_decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    return removing.take_note(bound, reason=reason, by=by)


def was(reply: Reply) -> dict[str, str]:
    """Return the state of a reply, to be restored; what flags alone had done to it is not."""
    by_flags = reply.state_reason in FOR_NOW
    return {"state": STANDING, "reason": ""} if by_flags else {"state": reply.state, "reason": reply.state_reason}


def fold(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    decision.before = was(bound)
    return keeping.fold_reply(bound, reason=reason, by=by)


def unfold(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    if bound.state == FOLDED:
        return keeping.unfold_reply(bound, reason=reason, by=by)
    if bound.state == WITHDRAWN and bound.state_before == FOLDED:
        bound.state_before, bound.state_reason = STANDING, ""
    return over(decision, reason, by)


def hide(decision: Decision, bound: Reply | Thread | FieldNote, reason: str, by: Member) -> LogEntry:
    if isinstance(bound, Reply):
        decision.before = was(bound)
        return keeping.hide_reply(bound, reason=reason, by=by)
    if isinstance(bound, FieldNote):
        return commitments.hide(bound, reason=reason, by=by)
    return keeping.hide_thread(bound, reason=reason, by=by)


def restore(decision: Decision, bound: Bound, reason: str, by: Member) -> LogEntry:
    if isinstance(bound, Thread) and bound.state == HIDDEN:
        return keeping.restore_thread(bound, reason=reason, by=by)
    if isinstance(bound, FieldNote) and bound.state == HIDDEN:
        return commitments.restore(bound, reason=reason, by=by)
    before = decision.before
    if isinstance(bound, Reply) and bound.state == HIDDEN:
        again = {"state": before["state"], "state_reason": before["reason"]}
        return keeping.restore_reply(bound, reason=reason, by=by, **again)
    if isinstance(bound, Reply) and bound.state == WITHDRAWN:
        bound.state_before, bound.state_reason = before["state"], before["reason"]  # as its author may bring it back
    return over(decision, reason, by)


def over(decision: Decision, reason: str, by: Member) -> LogEntry:
    """Say in the log that a decision was taken back whose effect was over before."""
    return log.record("undo_decision", by.id, by.role, reason=reason, member_id=decision.author_id)


def remove(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    decision.before = was(bound)
    return removing.remove(bound, reason=reason, by=by)


def put_back(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    before = decision.before
    return removing.put_back(bound, before["state"], before["reason"], reason=reason, by=by)


def lock(_decision: Decision, bound: Thread, reason: str, by: Member) -> LogEntry:
    return keeping.lock(bound, reason=reason, by=by)


def unlock(decision: Decision, bound: Thread, reason: str, by: Member) -> LogEntry:
    return keeping.unlock(bound, reason=reason, by=by) if bound.locked else over(decision, reason, by)


def pause(decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.pause(bound, decision.until or clock.now(), reason=reason, by=by)


def unpause(decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    if bound.paused_until == decision.until and bound.paused:
        return barring.unpause(bound, reason=reason, by=by)
    return over(decision, reason, by)


def ban(_decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.ban(bound, reason=reason, by=by)


def unban(_decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.unban(bound, reason=reason, by=by)

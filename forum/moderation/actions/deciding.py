"""Deciding about a case, and taking a decision back."""

from dataclasses import dataclass

from flask_babel import gettext as _

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.log import LogEntry
from forum.core.rules import Refused, require
from forum.core.text import one_line
from forum.moderation.actions import handling
from forum.moderation.actions.effects import Bound
from forum.moderation.actions.kinds import FOLD, HIDE, KINDS, LOCK, Kind, ends
from forum.moderation.models import Case, Decision
from forum.moderation.names import ACTED, FLAGS, NOTHING, OWN
from forum.moderation.queries import cases, decisions, flags
from forum.moderation.queries.flags import COLUMNS, Subject
from forum.moderation.signals import decided, undone
from forum.rules import queries as house
from forum.threads.reasons import MENDED, by_rule
from forum.threads.signals import recorded

LONGEST_REASON = 300
ENDED_BY = {
    "restore_reply": HIDE,
    "restore_thread": HIDE,
    "unlock": LOCK,
    "unfold_reply": FOLD,
}  # by which act, whose effect


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator decides: the kind, the key of a rule of the house, what happened; a note, hours, or words for everyone."""

    kind: str
    rule: str = ""
    facts: str = ""
    note: str = ""
    hours: int = 24
    said: str = ""


def decide(case: Case, ruling: Ruling, *, by: Member) -> Decision:
    """Decide about a case. Of two at once, the second is refused. The same again is the same decision. Raises Refused."""
    with transaction():
        if known := _same(case, ruling, by):
            return known
        require("work_on_case", by, cases.desk(case, by))
        return _made(case, ruling, by)


def decide_on_own(of: Subject, ruling: Ruling, *, known: int, by: Member) -> Decision:
    """Decide about a text on one's own initiative, in its open case if it has one.

    `known` is the latest decision about it that whoever decides has seen. Raises Refused.
    """
    with transaction():
        target = flags.target(of, by)
        latest = decisions.latest(target)
        if latest and latest.id > known:
            if latest.by_id == by.id and _alike(latest, ruling):
                return latest
            name = latest.by.name if latest.by else "-"
            raise Refused("work_on_case", _("%(name)s has decided about this meanwhile, as you see here.", name=name))
        case = flags.open_case(target)
        if case is None:
            case = Case(author_id=target.author_id, opened_at=clock.now(), **{COLUMNS[target.kind].key: target.id})
            session().add(case)
            session().flush()
        require("work_on_case", by, cases.desk(case, by))
        return _made(case, ruling, by)


def _same(case: Case, ruling: Ruling, by: Member) -> Decision | None:
    latest = decisions.of_case(case.id)[-1:]
    return latest[0] if latest and latest[0].by_id == by.id and _alike(latest[0], ruling) else None


def _alike(one: Decision, ruling: Ruling) -> bool:
    return one.undone_at is None and (one.kind, one.facts, one.note) == (ruling.kind, ruling.facts, ruling.note)


def _made(case: Case, ruling: Ruling, by: Member) -> Decision:
    kind = KINDS[ruling.kind]
    if kind.restricts:
        require("restrict_in_case", by, cases.desk(case, by))
    refused, bound = kind.refused(case, by), kind.bound(case)
    if refused is not None or bound is None:
        raise Refused("decide", refused or _("This cannot be decided here."))
    standing = house.version() if kind.restricts and ruling.rule else None
    rule = next((one for one in house.rules(standing) if one.key == ruling.rule), None)
    decision = Decision(
        case_id=case.id,
        kind=kind.key,
        rule_key=rule.key if rule else "",
        rule_version=standing.number if standing and rule else 0,
        facts=ruling.facts,
        note=ruling.note if kind.noted else "",
        scope=kind.covered(case),
        found=FLAGS if flags.of_case(case.id) else OWN,
        until=ends(kind, ruling.hours),
        by_id=by.id,
        author_id=_whom(bound),
        reply_id=case.reply_id,
        thread_id=case.thread_id or (case.reply.thread_id if case.reply else None),
        member_id=bound.id if isinstance(bound, Member) else case.member_id,
        before={},
        at=clock.now(),
    )
    session().add(decision)
    session().flush()
    ruled = by_rule(rule.number, decision.rule_version, rule.key) if rule else ""
    reason = ruling.said or ruled or one_line(ruling.facts)[:LONGEST_REASON]
    decision.entry_id = _told(kind.do(decision, bound, reason, by)).id
    _end(kind, case)
    decided.send(decision)
    return decision


def _whom(bound: Bound) -> int | None:
    return bound.id if isinstance(bound, Member) else bound.author_id


def _told(entry: LogEntry) -> LogEntry:
    """Let whom an entry about a member concerns be told; what is done to texts tells it by itself."""
    if entry.member_id is not None:
        recorded.send(entry)
    return entry


def _end(kind: Kind, case: Case) -> None:
    if kind.closes:
        handling.end(case, ACTED if kind.restricts else NOTHING)


def undo(decision: Decision, *, reason: str, by: Member) -> None:
    """Take a decision back, and restore exactly what was. Raises Refused."""
    with transaction():
        require("undo_decision", by, decisions.undoing(decision, by))
        reopened = flags.open_case(flags.target(decision.case.subject, by)) if decision.case.subject else None
        kind = KINDS[decision.kind]
        if reopened and kind.closes and not kind.restricts:
            raise Refused("undo_decision", _("Another case about the same is open. Decide there."))
        bound = kind.bound(decision.case)
        if bound is None:
            raise Refused("undo_decision", _("What this was about is not here any more."))
        mark_undone(decision, _told(kind.undo(decision, bound, reason, by)))


def mark_undone(decision: Decision, entry: LogEntry) -> None:
    decision.undone_at, decision.undone_by_id = clock.now(), entry.actor_id
    decision.undone_reason, decision.undone_entry_id = entry.reason, entry.id
    if decision.case.outcome == ACTED and entry.reason != MENDED:  # else whoever flagged it was right
        decision.case.outcome = NOTHING
    undone.send(decision)


def follow(entry: LogEntry) -> None:
    """Take back the decision whose effect somebody has ended by the quick way: by restoring, unfolding or unlocking.

    Inside their transaction. Raises Refused where they may not take it back; the forum itself may.
    """
    found = decisions.standing(ENDED_BY[entry.act], reply_id=entry.reply_id, thread_id=entry.thread_id)
    if not found:
        return
    if entry.actor_id is not None:
        by = session().get_one(Member, entry.actor_id)
        require("undo_decision", by, decisions.undoing(found, by))
    mark_undone(found, entry)

"""What can be decided. Of each kind: how it is called, what it covers, which rule allows it, what it does, how that is undone.

Whoever adds a kind adds it here, and what it does to the log to wording.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from forum.accounts.actions import barring
from forum.accounts.models import Member
from forum.core import clock, log
from forum.core.log import LogEntry
from forum.core.rules import refusal
from forum.moderation.actions import removing
from forum.moderation.models import CLOSED, OPEN, Case, Decision
from forum.moderation.targets import PROFILE, REPLY, THREAD
from forum.threads.actions import keeping
from forum.threads.models import FOLDED, HIDDEN, STANDING, WITHDRAWN, Reply, Thread
from forum.threads.reasons import FOR_NOW, SEEN

Words = Any  # a sentence that is translated when it is shown
Bound = Reply | Thread | Member
Doing = Callable[[Decision, Any, str, Member], LogEntry]
"""Does what was decided to what it covers, for a reason that everyone may read; returns what the log says of it."""

NOTHING, NOTE, HIDE, REMOVE, LOCK, PAUSE, BAN = "nothing", "note", "hide", "remove", "lock", "pause", "ban"
LIFTED: dict[str, Callable[..., LogEntry]] = {HIDDEN: keeping.restore_reply, FOLDED: keeping.unfold_reply}
HELD: dict[str, Callable[..., None]] = {HIDDEN: keeping.hold_reply, FOLDED: keeping.fold_for_now}
HOURS = {
    "3": _l("3 hours"),
    "24": _l("1 day"),
    "72": _l("3 days"),
    "168": _l("7 days"),
    "336": _l("14 days"),
    "720": _l("30 days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of decision.

    `label` is what a moderator chooses, `told` what its author is told, `line` what whoever flagged it is. `scope` says what it
    covers, where that is not the text itself; `of` which texts' cases it can be decided in; `act` names the rule that is asked about
    what it covers. `closes`: the case is over with it. `restricts`: it has a reason in a rule of the house, and its author gets a
    statement. `timed` and `noted`: it wants an end, or words for everyone.
    """

    key: str
    label: Words
    told: Words
    line: Words
    do: Doing
    undo: Doing
    of: tuple[str, ...] = (REPLY, THREAD, PROFILE)
    scope: str = ""
    act: dict[str, str]
    closes: bool = True
    restricts: bool = True
    timed: bool = False
    noted: bool = False

    def covered(self, case: Case) -> str:
        return self.scope or case.kind

    def bound(self, case: Case) -> Bound | None:
        """Return what it covers, None where that is not here any more."""
        scope = self.covered(case)
        if scope == PROFILE:
            return case.author
        if scope == THREAD:
            return case.thread or (case.reply.thread if case.reply else None)
        return case.reply

    def refused(self, case: Case, by: Member) -> str | None:
        """Return why it cannot be decided in a case, "" where it never can be."""
        bound = self.bound(case)
        if case.kind not in self.of or bound is None:
            return ""
        act = self.act.get(self.covered(case))
        return refusal(act, by, bound) if act else None


KINDS: dict[str, Kind] = {}


def _kind(kind: Kind) -> None:
    KINDS[kind.key] = kind


def offered(case: Case, by: Member) -> list[Kind]:
    """Return the kinds that can be decided in a case now."""
    return [kind for kind in KINDS.values() if kind.refused(case, by) is None]


def possible(case: Case) -> list[Kind]:
    """Return the kinds that can be decided in such a case at all: a form may have been opened before something else was decided."""
    return [kind for kind in KINDS.values() if case.kind in kind.of]


def _find_nothing(decision: Decision, bound: Any, _reason: str, by: Member) -> LogEntry:
    """Let what flags had hidden or folded stand again."""
    if isinstance(bound, Reply) and bound.state in LIFTED and bound.state_reason in FOR_NOW:
        decision.before = {"held": bound.state}
        return LIFTED[bound.state](bound, reason=SEEN, by=by)
    return log.record("find_nothing", by.id, by.role)


def _reopen(decision: Decision, bound: Any, reason: str, by: Member) -> LogEntry:
    if decision.case.state == CLOSED:
        decision.case.state, decision.case.outcome, decision.case.closed_at = OPEN, "", None
    if isinstance(bound, Reply) and (held := decision.before.get("held")):
        HELD[held](bound)
    return log.record("reopen_case", by.id, by.role, reason=reason)


def _note(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    return removing.note(bound, decision.note, reason=reason, by=by)


def _take_note(_decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    return removing.take_note(bound, reason=reason, by=by)


def _before(reply: Reply) -> dict[str, str]:
    """Return the state of a reply, to be restored; what flags alone had done to it is not."""
    by_flags = reply.state_reason in FOR_NOW
    return {"state": STANDING, "reason": ""} if by_flags else {"state": reply.state, "reason": reply.state_reason}


def _hide(decision: Decision, bound: Reply | Thread, reason: str, by: Member) -> LogEntry:
    if isinstance(bound, Reply):
        decision.before = _before(bound)
        return keeping.hide_reply(bound, reason=reason, by=by)
    return keeping.hide_thread(bound, reason=reason, by=by)


def _restore(decision: Decision, bound: Bound, reason: str, by: Member) -> LogEntry:
    if isinstance(bound, Thread) and bound.state == HIDDEN:
        return keeping.restore_thread(bound, reason=reason, by=by)
    before = decision.before
    if isinstance(bound, Reply) and bound.state == HIDDEN:
        was = {"state": before["state"], "state_reason": before["reason"]}
        return keeping.restore_reply(bound, reason=reason, by=by, **was)
    if isinstance(bound, Reply) and bound.state == WITHDRAWN:
        bound.state_before, bound.state_reason = before["state"], before["reason"]  # as its author may bring it back
    return _taken_back(decision, reason, by)


def _taken_back(decision: Decision, reason: str, by: Member) -> LogEntry:
    """Say in the log that a decision was taken back whose effect was over before."""
    return log.record("undo_decision", by.id, by.role, reason=reason, member_id=decision.author_id)


def _remove(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    decision.before = _before(bound)
    return removing.remove(bound, reason=reason, by=by)


def _put_back(decision: Decision, bound: Reply, reason: str, by: Member) -> LogEntry:
    before = decision.before
    return removing.put_back(bound, before["state"], before["reason"], reason=reason, by=by)


def _lock(_decision: Decision, bound: Thread, reason: str, by: Member) -> LogEntry:
    return keeping.lock(bound, reason=reason, by=by)


def _unlock(decision: Decision, bound: Thread, reason: str, by: Member) -> LogEntry:
    return keeping.unlock(bound, reason=reason, by=by) if bound.locked else _taken_back(decision, reason, by)


def _pause(decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.pause(bound, decision.until or clock.now(), reason=reason, by=by)


def _unpause(decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    if bound.paused_until == decision.until and bound.paused:
        return barring.unpause(bound, reason=reason, by=by)
    return _taken_back(decision, reason, by)


def _ban(_decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.ban(bound, reason=reason, by=by)


def _unban(_decision: Decision, bound: Member, reason: str, by: Member) -> LogEntry:
    return barring.unban(bound, reason=reason, by=by)


def ends(kind: Kind, hours: int) -> datetime | None:
    return clock.now() + timedelta(hours=hours) if kind.timed else None


_kind(
    Kind(
        key=NOTHING,
        label=_l("Nothing is wrong with it: it stands"),
        told=_l("A moderator found nothing wrong with it."),
        line=_l("A moderator looked at it, and it stands as it is."),
        act={},
        restricts=False,
        do=_find_nothing,
        undo=_reopen,
    )
)
_kind(
    Kind(
        key=NOTE,
        label=_l("Put a note beside it, for everyone to read"),
        told=_l("A moderator put a note beside your reply. Everyone reads both."),
        line=_l("A moderator looked at it and put a note beside it."),
        of=(REPLY,),
        act={REPLY: "note_reply"},
        noted=True,
        do=_note,
        undo=_take_note,
    )
)
_kind(
    Kind(
        key=HIDE,
        label=_l("Hide it: its author and moderators still see the words"),
        told=_l("What you wrote is hidden. Only you and moderators see the words."),
        line=_l("A moderator looked at it and hid it."),
        of=(REPLY, THREAD),
        act={REPLY: "hide_reply", THREAD: "hide_thread"},
        do=_hide,
        undo=_restore,
    )
)
_kind(
    Kind(
        key=REMOVE,
        label=_l("Remove it: nobody sees the words any more but moderators, in this case"),
        told=_l("Your reply was removed. Nobody reads its words any more but moderators who look after this case."),
        line=_l("A moderator looked at it and removed it."),
        of=(REPLY,),
        act={REPLY: "remove_reply"},
        do=_remove,
        undo=_put_back,
    )
)
_kind(
    Kind(
        key=LOCK,
        label=_l("Lock the thread: nobody replies in it any more"),
        told=_l("Your thread is locked. Everyone can read it, and nobody can reply in it."),
        line=_l("A moderator looked at it and locked the thread."),
        of=(REPLY, THREAD),
        scope=THREAD,
        act={THREAD: "lock"},
        do=_lock,
        undo=_unlock,
    )
)
_kind(
    Kind(
        key=PAUSE,
        label=_l("Pause its author for some time: they can read, change and withdraw, and write nothing new"),
        told=_l("You are paused: you can read, change and withdraw what you wrote, and write nothing new."),
        line=_l("A moderator looked at it and did something about it."),
        scope=PROFILE,
        act={PROFILE: "pause_member"},
        timed=True,
        do=_pause,
        undo=_unpause,
    )
)
_kind(
    Kind(
        key=BAN,
        label=_l("Ban its author: they can read why, and appeal, and nothing else"),
        told=_l(
            "You are banned from this place. You can log in to read this, to appeal, and to take along what is kept of you."
        ),
        line=_l("A moderator looked at it and did something about it."),
        scope=PROFILE,
        act={PROFILE: "ban_member"},
        do=_ban,
        undo=_unban,
    )
)

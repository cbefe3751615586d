"""What can be decided. Of each kind: how it is called, what it covers, which rule allows it, what it does, how that is undone.

Whoever adds a kind adds it here, and what it does to the log to wording.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from forum.accounts.models import Member
from forum.core import clock
from forum.core.log import LogEntry
from forum.core.rules import refusal
from forum.moderation.actions import effects
from forum.moderation.actions.effects import Bound
from forum.moderation.models import Case, Decision
from forum.moderation.targets import FIELD_NOTE, PROFILE, REPLY, THREAD

Words = Any  # a sentence that is translated when it is shown
Doing = Callable[[Decision, Any, str, Member], LogEntry]
"""Does what was decided to what it covers, for a reason that everyone may read; returns what the log says of it."""

NOTHING, ASK, NOTE, FOLD, HIDE, REMOVE = "nothing", "ask", "note", "fold", "hide", "remove"
LOCK, PAUSE, BAN = "lock", "pause", "ban"
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
    covers, where that is not the text itself; `of` which texts' cases it can be decided in, of those in which it `fits`; `act`
    names the rule that is asked about what it covers. `closes`: the case is over with it. `restricts`: it has a reason in a rule
    of the house, and its author gets a statement. `timed` and `noted`: it wants an end, or words for everyone.
    """

    key: str
    label: Words
    told: Words
    line: Words
    do: Doing
    undo: Doing
    of: tuple[str, ...] = (REPLY, THREAD, PROFILE)
    fits: Callable[[Case], bool] = lambda _case: True
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
        return case.reply or case.field_note

    def refused(self, case: Case, by: Member) -> str | None:
        """Return why it cannot be decided in a case, "" where it never can be."""
        bound = self.bound(case)
        if case.kind not in self.of or bound is None or not self.fits(case):
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


def ends(kind: Kind, hours: int) -> datetime | None:
    return clock.now() + timedelta(hours=hours) if kind.timed else None


_kind(
    Kind(
        key=NOTHING,
        label=_l("Nothing is wrong with it: it stands"),
        told=_l("A moderator found nothing wrong with it."),
        line=_l("A moderator looked at it, and it stands as it is."),
        of=(REPLY, THREAD, PROFILE, FIELD_NOTE),
        act={},
        restricts=False,
        do=effects.find_nothing,
        undo=effects.reopen,
    )
)
_kind(
    Kind(
        key=ASK,
        label=_l("Ask its author to mend it: they reword it, add a line, take it back, or stand by it"),
        told=_l("You are asked to mend your reply."),
        line=_l("A moderator looked at it, and its author is asked to rework it."),
        of=(REPLY,),
        fits=effects.can_ask,
        act={REPLY: "ask_to_mend"},
        closes=False,
        restricts=False,
        do=effects.ask,
        undo=effects.ask_no_more,
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
        do=effects.note,
        undo=effects.take_note,
    )
)
_kind(
    Kind(
        key=FOLD,
        label=_l("Fold it: its words stand behind a line that one step opens"),
        told=_l("Your reply is folded: its words stand behind a line with the reason, which one step opens."),
        line=_l("A moderator looked at it and folded it."),
        of=(REPLY,),
        act={REPLY: "fold_reply"},
        do=effects.fold,
        undo=effects.unfold,
    )
)
_kind(
    Kind(
        key=HIDE,
        label=_l("Hide it: its author and moderators still see the words"),
        told=_l("What you wrote is hidden. Only you and moderators see the words."),
        line=_l("A moderator looked at it and hid it."),
        of=(REPLY, THREAD, FIELD_NOTE),
        act={REPLY: "hide_reply", THREAD: "hide_thread", FIELD_NOTE: "hide_field_note"},
        do=effects.hide,
        undo=effects.restore,
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
        do=effects.remove,
        undo=effects.put_back,
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
        do=effects.lock,
        undo=effects.unlock,
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
        do=effects.pause,
        undo=effects.unpause,
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
        do=effects.ban,
        undo=effects.unban,
    )
)

"""What a page says of each of fifty replies, translated once a language instead of fifty times a page."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from forum.core import i18n
from forum.core.i18n import in_words
from forum.threads import lengths
from forum.threads.arrangement import SWITCHES
from forum.threads.arrangement import told as told_of
from forum.threads.citations import AWAY, EDITED, GONE, OTHER, told
from forum.threads.reasons import APPEALED, FOR_NOW, MENDED, SEEN, TAKEN_ALONG, rule_of


@dataclass(frozen=True, slots=True)
class Wording:
    kinds: dict[str, str]
    roles: dict[str, str]
    answer: str
    quote: str
    edit: str
    withdraw: str
    bring_back: str
    hide: str
    restore: str
    fold: str
    unfold: str
    move: str
    mute: str
    entries: dict[str, str]
    there: str
    back: str
    edited: str
    mended: str
    taken_back: str
    answered_earlier: str
    answering: str
    passage: str
    staff: str
    withdrawn: str
    hidden: str
    hidden_own: str
    held: str
    held_own: str
    unseen: str
    reworked: str
    folded: str
    removed: str
    why: str
    decide: str
    noted: str
    flag: str
    link: str
    own_words: str
    quoting: dict[str, str]
    changes: str
    cited: dict[str, str]
    former: str


@lru_cache(maxsize=8)
def _wording(_locale: str) -> Wording:
    return Wording(
        kinds=_kinds(),
        roles=role_names(),
        answer=_("Answer"),
        quote=_("Quote"),
        edit=_("Edit"),
        withdraw=_("Withdraw"),
        bring_back=_("Bring it back"),
        hide=_("Hide"),
        restore=_("Restore"),
        fold=_("Fold"),
        unfold=_("Unfold"),
        move=_("Move"),
        mute=_("Mute"),
        entries=_entries(),
        there=_("where they stand now"),
        back=_("where they came from"),
        edited=_("edited"),
        mended=_("mended"),
        taken_back=_("withdrawn"),
        answered_earlier=_("answered an earlier wording"),
        answering=_("answering"),
        passage=_("passage"),
        staff=_("written while the thread was locked, by someone who keeps it"),
        withdrawn=_("This reply was withdrawn by its author."),
        hidden=_("This reply is hidden by a moderator:"),
        hidden_own=_("Your reply is hidden by a moderator; only you and moderators see its words. The reason:"),
        held=_("This reply was flagged. It is hidden until a moderator has looked at it."),
        held_own=_(
            "Your reply was flagged. Until a moderator has looked at it, only you and moderators see its words."
        ),
        unseen=_("Folded until a moderator has looked at it."),
        reworked=_("Folded while its author reworks it."),
        folded=_("Folded by a moderator:"),
        removed=_("This reply was removed by a moderator:"),
        why=_("Why"),
        decide=_("Decide"),
        noted=_("Note by a %(role)s:"),
        flag=_("Flag"),
        link=_("Link to this reply"),
        own_words=_("Read your words"),
        quoting=_quoting(),
        changes=_("What changed"),
        cited=_cited(),
        former=named(""),
    )


def _kinds() -> dict[str, str]:
    """Return how someone speaks, by the kind of their reply."""
    return {
        "lived": _("lived this"),
        "thinking": _("thinks"),
        "asking": _("asks"),
        "differing": _("sees it differently"),
    }


def _quoting() -> dict[str, str]:
    """Return what stands beside quoted words of the essay, by where its text has them now."""
    return {
        "moved": _("The text changed here since."),
        "orphan": _("About an earlier wording."),
        "sought": _("The text changed; finding these words again."),
    }


def _cited() -> dict[str, str]:
    """Return what a citation says of the words that it cites, by what became of them."""
    return {
        EDITED: _("changed since"),
        AWAY: _("These words are folded where they stand."),
        GONE: _("These words can no longer be read."),
        OTHER: _("not the words of that reply"),
    }


def _entries() -> dict[str, str]:
    """Return how a thread says what was done in it, by act."""
    return {
        "lock": _("Locked"),
        "unlock": _("Unlocked"),
        "pin": _("Pinned"),
        "unpin": _("Unpinned"),
        "hide_reply": _("A reply was hidden"),
        "hold_reply": _("A reply was hidden until a moderator has looked at it"),
        "restore_reply": _("A reply was restored"),
        "fold_reply": _("A reply was folded"),
        "unfold_reply": _("A reply was unfolded"),
        "remove_reply": _("A reply was removed"),
        "put_back_reply": _("A removed reply was put back"),
        "note_reply": _("A note of a moderator was put beside a reply"),
        "unnote_reply": _("A note of a moderator was taken off a reply"),
        "undo_decision": _("A decision was taken back"),
        "hide_revision": _("An earlier wording of a reply was hidden"),
        "restore_revision": _("An earlier wording of a reply was restored"),
        "hide_thread": _("This thread was hidden"),
        "restore_thread": _("This thread was restored"),
        "move_reply": _("A reply was moved"),
        "retheme_reply": _("A reply was moved to the theme"),
        "split_thread": _("Replies were given a thread of their own"),
        "merge_thread": _("A thread was merged into this one"),
        "retitle_thread": _("The title was changed; it was"),
        "arrange_thread": _("Settings changed"),
        "set_pace": _("The pace of an exchange was set"),
    }


def arranged(thread: Any) -> list[str]:
    """Return what is arranged for a thread, as it says it."""
    switches = [arrangement_words(name, "1") for name in SWITCHES if getattr(thread, name)]
    slow = [arrangement_words("slow_minutes", str(thread.slow_minutes))] if thread.slow_minutes else []
    dates = [in_words(thread.opens_at)] if thread.opens_later else []
    opens = [_("opens on %(when)s", when=when) for when in dates]
    ends = _("closed on %(when)s") if thread.over else _("closes on %(when)s")
    closes = [ends % {"when": in_words(thread.closes_at)}] if thread.closes_at else []
    return [*switches, *slow, *opens, *closes]


def rearranged(detail: str) -> list[str]:
    """Return what was changed in the arrangement of a thread, from an entry's detail."""
    return [arrangement_words(name, value) for name, value in told_of(detail)]


def paced(detail: str) -> str:
    """Return what pace was set for an exchange, from an entry's detail."""
    if not detail.isdecimal():
        return _("as the forum asks for it by itself")
    return lengths.length(int(detail))


def arrangement_words(name: str, value: str) -> str:
    if name == "slow_minutes":
        slow = _("%(time)s between two replies of the same person", time=lengths.length(int(value)))
        return slow if value != "0" else _("no pause between replies")
    if value == "0" or name in SWITCHES:
        return _switches()[name][int(value)]
    at = in_words(datetime.fromisoformat(value).replace(tzinfo=UTC))
    return _("opens on %(when)s", when=at) if name == "opens_at" else _("closes on %(when)s", when=at)


def _switches() -> dict[str, tuple[str, str]]:
    """Return how it is said that something does not hold, and that it does."""
    return {
        "members_only": (_("open to visitors"), _("members only")),
        "asking_only": (_("all kinds of replies"), _("questions only")),
        "first_waits": (_("first replies do not wait"), _("first replies are read before they stand")),
        "opens_at": (_("open at once"), ""),
        "closes_at": (_("open without an end"), ""),
    }


def role_names() -> dict[str, str]:
    """Return what each role is called in the reader's language."""
    return {
        "visitor": _("visitor"),
        "member": _("member"),
        "facilitator": _("facilitator"),
        "moderator": _("moderator"),
        "admin": _("admin"),
        "host": _("host"),
        "forum": _("the forum itself"),
    }


def reasoned(reason: str) -> str:
    """Return a reason as it was given; one that the forum gives by itself in the reader's language, a rule as a link to it."""
    place = rule_of(reason)
    return Markup('<a href="%s">%s</a>') % (place[1], spelled(reason)) if place else spelled(reason)


def spelled(reason: str) -> str:
    """Return a reason as plain text in the reader's language."""
    if place := rule_of(reason):
        return _("rule %(number)s of this place", number=place[0])
    return _(reason) if reason in {*FOR_NOW, APPEALED, MENDED, SEEN, TAKEN_ALONG} else reason


def named(name: str | None) -> str:
    """Return a name, or what stands in the place of one that is no more."""
    return name or _("a former member")


def wording() -> Wording:
    return _wording(i18n.locale())


def spoken(html: str) -> str:
    """Return a reply's HTML with what became of the words that it cites, in the reader's language."""
    return told(html, wording().cited)

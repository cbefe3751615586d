"""How the log says what was done: one sentence for each act, for a page, a feed or a line."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from forum.core.i18n import time_tag
from forum.practices.names import PRACTICES
from forum.threads.wording import role_names

# By act; where its detail begins with a word of its own, by both.
SENTENCES = {
    "lock": _l("%(who)s locked %(thread)s"),
    "unlock": _l("%(who)s unlocked %(thread)s"),
    "pin": _l("%(who)s pinned %(thread)s"),
    "pin forum": _l("%(who)s pinned %(thread)s in the whole forum"),
    "pin theme": _l("%(who)s pinned %(thread)s in its theme"),
    "unpin": _l("%(who)s unpinned %(thread)s"),
    "hide_reply": _l("%(who)s hid %(reply)s in %(thread)s"),
    "hold_reply": _l("%(who)s hid %(reply)s in %(thread)s until a moderator has looked at it"),
    "restore_reply": _l("%(who)s restored %(reply)s in %(thread)s"),
    "fold_reply": _l("%(who)s folded %(reply)s in %(thread)s"),
    "unfold_reply": _l("%(who)s unfolded %(reply)s in %(thread)s"),
    "ask_to_mend": _l("%(who)s asked for a reply to be mended"),
    "remove_reply": _l("%(who)s removed %(reply)s in %(thread)s"),
    "put_back_reply": _l("%(who)s put %(reply)s back in %(thread)s that was removed"),
    "note_reply": _l("%(who)s put a note beside %(reply)s in %(thread)s"),
    "unnote_reply": _l("%(who)s took the note off %(reply)s in %(thread)s"),
    "find_nothing": _l("%(who)s looked at what was flagged and found nothing wrong"),
    "reopen_case": _l("%(who)s took back that nothing was wrong with something, and opened its case again"),
    "pause_member": _l("%(who)s paused %(member)s"),
    "unpause_member": _l("%(who)s ended the pause of %(member)s"),
    "ban_member": _l("%(who)s banned %(member)s"),
    "unban_member": _l("%(who)s took back the ban of %(member)s"),
    "uphold_appeal": _l("%(who)s looked at an appeal and let the decision stand"),
    "reverse_appeal": _l("%(who)s looked at an appeal and took the decision back"),
    "undo_decision": _l("%(who)s took back a decision whose effect was over"),
    "hide_field_note": _l("%(who)s hid a field note under the theme %(theme)s"),
    "hold_field_note": _l("%(who)s hid a field note under the theme %(theme)s until a moderator has looked at it"),
    "restore_field_note": _l("%(who)s restored a field note under the theme %(theme)s"),
    "hide_revision": _l("%(who)s hid an earlier wording of %(reply)s in %(thread)s"),
    "restore_revision": _l("%(who)s restored an earlier wording of %(reply)s in %(thread)s"),
    "hide_thread": _l("%(who)s hid %(thread)s"),
    "restore_thread": _l("%(who)s restored %(thread)s"),
    "move_reply": _l("%(who)s moved %(reply)s of %(thread)s"),
    "move_reply to": _l("%(who)s moved %(reply)s from %(thread)s to another thread"),
    "move_reply from": _l("%(who)s moved %(reply)s from another thread to %(thread)s"),
    "retheme_reply": _l("%(who)s moved %(reply)s in %(thread)s to the theme %(theme)s"),
    "split_thread": _l("%(who)s split %(thread)s"),
    "split_thread to": _l("%(who)s gave replies of %(thread)s a thread of their own"),
    "split_thread from": _l("%(who)s opened %(thread)s for replies of another thread"),
    "merge_thread": _l("%(who)s merged %(thread)s and another thread"),
    "merge_thread to": _l("%(who)s merged %(thread)s into another thread"),
    "merge_thread from": _l("%(who)s merged another thread into %(thread)s"),
    "arrange_thread": _l("%(who)s changed the settings of %(thread)s"),
    "set_pace": _l("%(who)s set a pause for the answers to %(reply)s in %(thread)s"),
    "set_pace 0": _l("%(who)s lifted the pauses between answers to %(reply)s in %(thread)s"),
    "set_pace auto": _l("%(who)s left the pace of the answers to %(reply)s in %(thread)s to the forum again"),
    "retitle_thread": _l("%(who)s gave %(thread)s another title"),
    "approve_reply": _l("%(who)s read a reply that waited and let it stand"),
    "refuse_reply": _l("%(who)s read a reply that waited and gave it back"),
    "admit_member": _l("%(who)s let a new account in"),
    "refuse_member": _l("%(who)s did not let a new account in"),
    "give_role": _l("%(who)s gave %(member)s the role %(role)s"),
    "appoint": _l("%(who)s appointed %(member)s facilitator of %(theme)s"),
    "dismiss": _l("%(who)s dismissed %(member)s as facilitator of %(theme)s"),
    "remove_factor": _l("%(who)s took away the second factor that %(member)s had lost"),
    "leave": _l("%(who)s left this place, and with it what they looked after"),
    "import_essay": _l("%(who)s published a new edition of %(essay)s"),
    "switch_practice": _l("%(who)s switched a practice: %(practice)s"),
    "switch_practice on": _l("%(who)s switched on a practice: %(practice)s"),
    "switch_practice off": _l("%(who)s switched off a practice: %(practice)s"),
    "change_rules": _l("%(who)s published version %(number)s of the rules"),
    "change_safety_note": _l("%(who)s changed the note on where to find help"),
    "empty_entry": _l("%(who)s took the words out of entry %(number)s"),
}
# What the log can be narrowed to, by a word of its address.
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "locks": (_l("locked and unlocked"), ("lock", "unlock")),
    "pins": (_l("pinned and unpinned"), ("pin", "unpin")),
    "hidden": (
        _l("hidden and restored"),
        (
            "hide_reply",
            "hold_reply",
            "restore_reply",
            "hide_revision",
            "restore_revision",
            "hide_thread",
            "restore_thread",
            "hide_field_note",
            "hold_field_note",
            "restore_field_note",
        ),
    ),
    "folded": (_l("folded, unfolded, asked to be mended"), ("fold_reply", "unfold_reply", "ask_to_mend")),
    "settings": (_l("settings and pace of threads"), ("arrange_thread", "set_pace")),
    "decisions": (
        _l("removed, noted, paused, banned, and taken back"),
        (
            "remove_reply",
            "put_back_reply",
            "note_reply",
            "unnote_reply",
            "find_nothing",
            "reopen_case",
            "pause_member",
            "unpause_member",
            "ban_member",
            "unban_member",
            "undo_decision",
        ),
    ),
    "appeals": (_l("appeals"), ("uphold_appeal", "reverse_appeal")),
    "moves": (
        _l("moved, split, merged, retitled"),
        ("move_reply", "retheme_reply", "split_thread", "merge_thread", "retitle_thread"),
    ),
    "newcomers": (
        _l("what waited, and who"),
        ("approve_reply", "refuse_reply", "admit_member", "refuse_member"),
    ),
    "roles": (_l("roles given and taken"), ("give_role", "appoint", "dismiss", "remove_factor", "leave")),
    "house": (
        _l("the essays and the house"),
        ("import_essay", "change_rules", "change_safety_note", "switch_practice", "empty_entry"),
    ),
}
ROLES = ("facilitator", "moderator", "admin", "host", "forum")

Link = Callable[[str, str], Markup]


def linked(path: str, words: str) -> Markup:
    return Markup('<a href="%s"><bdi>%s</bdi></a>') % (path, words)


def plain(_path: str, words: str) -> Markup:
    return Markup("%s") % words


def place_of(number: int) -> str:
    """Return the address of an entry: the page of the log that begins with it."""
    return f"/moderation/log?after={number + 1}#e{number}"


def actor(entry: Any) -> str:
    """Return the role and the accountable mark of whoever acted."""
    return f"{role_names()[entry.actor_role]} {entry.actor_mark}".strip()


def sentence(entry: Any, link: Link = linked, name: str = "", member: str = "") -> Markup:
    """Return what an entry of queries/log.py tells; with the name of who acted, and of the member concerned, for staff alone."""
    who = Markup("%s (%s)") % (link(f"/members/{name}", name), actor(entry)) if name else _marked(entry, link)
    said = SENTENCES.get(f"{entry.act} {entry.detail.partition(' ')[0]}") or SENTENCES[entry.act]
    told = Markup(str(said)) % {"who": who, **_parts(entry, link, member)}  # noqa: S704 (a sentence of ours)
    return told + Markup(" (%s %s)") % (_("until"), time_tag(entry.until)) if entry.until and link is linked else told


def _marked(entry: Any, link: Link) -> Markup:
    words = actor(entry)
    return link(f"/moderation/log?by={entry.actor_mark}", words) if entry.actor_mark else plain("", words)


def _parts(entry: Any, link: Link, member: str) -> dict[str, str | Markup]:
    seen = entry.thread_title is not None  # else the thread is hidden, or gone into another one
    reply = _("a reply")
    return {
        "thread": link(f"/threads/{entry.thread_id}", entry.thread_title) if seen else _("a thread"),
        "reply": link(f"/replies/{entry.reply_id}", reply) if seen and entry.reply_id else reply,
        "theme": entry.theme_name or entry.detail,
        "essay": entry.essay_title or "",
        "practice": _practice(entry),
        "member": link(f"/members/{member}", member) if member else _("a member"),
        "role": role_names().get(entry.detail, entry.detail),
        "number": link(_numbered(entry), entry.detail) if entry.detail.isdecimal() else entry.detail,
    }


def _practice(entry: Any) -> str:
    title = str(PRACTICES.get(entry.detail.partition(" ")[2], ("",))[0])
    return f"{title} ({entry.essay_title})" if entry.essay_title else title


def _numbered(entry: Any) -> str:
    number = int(entry.detail)
    return f"/rules/versions/{number}" if entry.act == "change_rules" else place_of(number)

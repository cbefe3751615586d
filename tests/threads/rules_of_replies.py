"""Who may do what to a reply. The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin."""

from datetime import timedelta

from forum.core import clock
from forum.threads.models import Reply, Revision
from forum.threads.reasons import REWORKED, UNTIL_SEEN
from tests.roles import ANY, AUTHOR, MISTRUST, MODERATOR, Table
from tests.threads.rules_of_threads import REASON, thread

OWN = ("standing", "folded", "withdrawn", "hidden", "removed")
AROUND = ("open", "locked", "hidden", "essay", "essay, locked")
STATES = tuple(f"{own} in {around}" for own in OWN for around in AROUND)


def reply(state: str) -> Reply:
    """Return a reply of AUTHOR's in one of STATES: its own, and that of its thread."""
    own, _, around = state.partition(" in ")
    since = clock.now() - timedelta(days="a day ago" in state)
    said = {"source": "" if "erased" in state else "I hear you.", "state_at": since}
    said["note"] = "Please listen." if "noted" in state else ""
    said["state_reason"] = {"held": UNTIL_SEEN, "reworked": REWORKED}.get(around.rpartition(", ")[2], "")
    by = MODERATOR if "moderator's" in around else AUTHOR
    return Reply(author_id=by, state=own, theme_id=MISTRUST, thread=thread(around), **said)


def revision(state: str) -> Revision:
    return Revision(hidden_reason=REASON if state == "hidden" else "")


def whatever(own: str) -> str:
    """Return the states in which a reply is `own`, whatever its thread is, as a row names them."""
    return " / ".join(state for state in STATES if state.startswith(f"{own} in "))


TABLES = {
    "answer": Table(
        reply,
        STATES,
        {
            "login": "Log in to reply.",
            "withdrawn": "This reply was withdrawn by its author. It cannot be answered.",
            "hidden": "This reply is hidden. It cannot be answered.",
            "folded": "This reply is folded. As long as it is, it cannot be answered.",
            "removed": "This reply was removed. It cannot be answered.",
            "nobody": "This thread is hidden. Nobody can reply to it.",
            "locked": f"This thread is locked: {REASON}",
        },
        {
            whatever("withdrawn"): "     withdrawn  withdrawn  withdrawn  withdrawn  withdrawn  withdrawn  withdrawn",
            whatever("hidden"): "        hidden     hidden     hidden     hidden     hidden     hidden     hidden",
            whatever("folded"): "        folded     folded     folded     folded     folded     folded     folded",
            whatever("removed"): "       removed    removed    removed    removed    removed    removed    removed",
            "standing in hidden": "        login      nobody     nobody     nobody     nobody     nobody     nobody",
            "standing in locked": "        login      locked     locked     yes        locked     yes        yes",
            "standing in essay, locked": " login      locked     locked     locked     locked     yes        yes",
            ANY: "                       login      yes        yes        yes        yes        yes        yes",
        },
    ),
    "edit_reply": Table(
        reply,
        STATES,
        {
            "no": "Only its author can change a reply.",
            "withdrawn": "You withdrew this reply. It cannot be changed.",
            "hidden": "This reply is hidden. It cannot be changed.",
            "removed": "This reply was removed by a moderator. It cannot be changed.",
        },
        {
            whatever("withdrawn"): "no  no  withdrawn  no  no  no  no",
            whatever("hidden"): "   no  no  hidden     no  no  no  no",
            whatever("removed"): "  no  no  removed    no  no  no  no",
            ANY: "                  no  no  yes        no  no  no  no",
        },
    ),
    "withdraw_reply": Table(
        reply,
        STATES,
        {
            "no": "Only its author can withdraw a reply.",
            "already": "This reply is withdrawn already.",
            "removed": "This reply was removed by a moderator. There is nothing to withdraw.",
        },
        {
            whatever("withdrawn"): "no  no  already  no  no  no  no",
            whatever("removed"): "  no  no  removed  no  no  no  no",
            ANY: "                  no  no  yes      no  no  no  no",
        },
    ),
    "return_reply": Table(
        reply,
        (*STATES, "withdrawn in open, a day ago", "withdrawn in open, erased"),
        {
            "no": "Only its author can bring a reply back.",
            "not": "This reply is not withdrawn.",
            "gone": "The words of this reply are gone. It cannot be brought back any more.",
        },
        {
            whatever("withdrawn"): "                                  no  no  yes   no  no  no  no",
            "withdrawn in open, a day ago / withdrawn in open, erased": "no  no  gone  no  no  no  no",
            ANY: "                                                          no  no  not   no  no  no  no",
        },
    ),
    "move_reply": Table(
        reply,
        STATES,
        {"no": "Only moderators, and the facilitators of its theme, move a reply."},
        {ANY: "no  no  no  yes  no  yes  yes"},
    ),
    "hide_reply": Table(
        reply,
        (*STATES, "hidden in open, held"),
        {
            "no": "Only moderators hide a reply.",
            "withdrawn": "This reply was withdrawn by its author; there is nothing to hide.",
            "hidden": "This reply is hidden already.",
            "removed": "This reply is removed already.",
        },
        {
            whatever("withdrawn"): "no  no  no  no  no  withdrawn  withdrawn",
            whatever("hidden"): "   no  no  no  no  no  hidden     hidden",
            whatever("removed"): "  no  no  no  no  no  removed    removed",
            ANY: "                  no  no  no  no  no  yes        yes",
        },
    ),
    "restore_reply": Table(
        reply,
        (*STATES, "hidden in open, a moderator's"),
        {
            "no": "Only moderators restore a reply.",
            "not": "This reply is not hidden.",
            "own": "These are your own words. Another moderator looks after them.",
        },
        {
            whatever("hidden"): "           no  no  no  no  no  yes  yes",
            "hidden in open, a moderator's": "no  no  no  no  no  own  yes",
            ANY: "                          no  no  no  no  no  not  not",
        },
    ),
    "fold_reply": Table(
        reply,
        (*STATES, "folded in open, reworked"),
        {
            "no": "Only moderators fold a reply.",
            "withdrawn": "This reply was withdrawn by its author; there is nothing to fold.",
            "hidden": "This reply is hidden. Restore it before you fold it.",
            "folded": "This reply is folded already.",
            "removed": "This reply is removed already.",
        },
        {
            whatever("withdrawn"): "no  no  no  no  no  withdrawn  withdrawn",
            whatever("hidden"): "   no  no  no  no  no  hidden     hidden",
            whatever("folded"): "   no  no  no  no  no  folded     folded",
            whatever("removed"): "  no  no  no  no  no  removed    removed",
            ANY: "                  no  no  no  no  no  yes        yes",
        },
    ),
    "unfold_reply": Table(
        reply,
        (*STATES, "folded in open, a moderator's"),
        {
            "no": "Only moderators unfold a reply.",
            "not": "This reply is not folded.",
            "own": "These are your own words. Another moderator looks after them.",
        },
        {
            whatever("folded"): "           no  no  no  no  no  yes  yes",
            "folded in open, a moderator's": "no  no  no  no  no  own  yes",
            ANY: "                          no  no  no  no  no  not  not",
        },
    ),
    "remove_reply": Table(
        reply,
        STATES,
        {
            "no": "Only moderators remove a reply.",
            "withdrawn": "This reply was withdrawn by its author; there is nothing to remove.",
            "removed": "This reply is removed already.",
        },
        {
            whatever("withdrawn"): "no  no  no  no  no  withdrawn  withdrawn",
            whatever("removed"): "  no  no  no  no  no  removed    removed",
            ANY: "                  no  no  no  no  no  yes        yes",
        },
    ),
    "put_back_reply": Table(
        reply,
        STATES,
        {"no": "Only moderators put a reply back.", "not": "This reply is not removed."},
        {
            whatever("removed"): "no  no  no  no  no  yes  yes",
            ANY: "                no  no  no  no  no  not  not",
        },
    ),
    "note_reply": Table(
        reply,
        (*STATES, "standing in open, noted"),
        {
            "no": "Only moderators put a note beside a reply.",
            "unseen": "Nobody can read this reply at present, so a note beside it would say nothing.",
            "already": "A note of a moderator stands beside this reply already.",
        },
        {
            whatever("standing"): "    no  no  no  no  no  yes      yes",
            whatever("folded"): "      no  no  no  no  no  yes      yes",
            "standing in open, noted": "no  no  no  no  no  already  already",
            ANY: "                      no  no  no  no  no  unseen   unseen",
        },
    ),
    "hide_revision": Table(
        revision,
        ("seen", "hidden"),
        {"no": "Only moderators hide an earlier wording.", "already": "This wording is hidden already."},
        {"seen": "no  no  no  no  no  yes  yes", "hidden": "no  no  no  no  no  already  already"},
    ),
    "restore_revision": Table(
        revision,
        ("seen", "hidden"),
        {"no": "Only moderators restore an earlier wording.", "not": "This wording is not hidden."},
        {"seen": "no  no  no  no  no  not  not", "hidden": "no  no  no  no  no  yes  yes"},
    ),
}

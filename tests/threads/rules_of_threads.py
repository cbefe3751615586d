"""Who may do what to a thread. The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin."""

from datetime import UTC, datetime, timedelta

from forum.core import clock
from forum.threads.models import Thread
from forum.threads.terms import Passing, Saying
from tests.roles import ANY, AUTHOR, MISTRUST, MODERATOR, Table

REASON = "We sleep over it."

STATES = (
    "open",
    "locked",
    "hidden",
    "hidden, locked",
    "pinned in theme",
    "pinned in forum",
    "pinned in forum until yesterday",
    "essay",
    "essay, locked",
    "essay, pinned in forum",
    "merged",
    "not open yet",
    "over",
)


def thread(state: str) -> Thread:
    """Return a thread of AUTHOR's under mistrust, or an essay's, in one of STATES."""
    essay, at = "essay" in state, clock.now()
    return Thread(
        essay_id=1 if essay else None,
        theme_id=None if essay else MISTRUST,
        author_id=None if essay else MODERATOR if "moderator's" in state else AUTHOR,
        title="A bench by the river",
        state="hidden" if "hidden" in state else "merged" if state == "merged" else "standing",
        opens_at=datetime(2999, 3, 1, 8, tzinfo=UTC) if state == "not open yet" else None,
        closes_at=datetime(2001, 3, 1, 8, tzinfo=UTC) if state == "over" else None,
        locked_at=at if "locked" in state else None,
        locked_reason=REASON if "locked" in state else "",
        pin_scope="forum" if "forum" in state else "theme" if "theme" in state else "",
        pinned_until=at - timedelta(days=1) if "yesterday" in state else None,
    )


TABLES = {
    "reply": Table(
        thread,
        STATES,
        {
            "login": "Log in to reply.",
            "hidden": "This thread is hidden. Nobody can reply to it.",
            "merged": "This thread was merged into another a moment ago.",
            "locked": f"This thread is locked: {REASON}",
            "early": "This thread opens on 1 Mar 2999, 08:00. Until then it can be read.",
            "late": "This thread closed on 1 Mar 2001, 08:00. It can still be read.",
        },
        {
            "hidden / hidden, locked": "login  hidden  hidden  hidden  hidden  hidden  hidden",
            "merged": "                 login  merged  merged  merged  merged  merged  merged",
            "locked": "                 login  locked  locked  yes     locked  yes     yes",
            "essay, locked": "          login  locked  locked  locked  locked  yes     yes",
            "not open yet": "           login  early   early   yes     early   yes     yes",
            "over": "                   login  late    late    yes     late    yes     yes",
            ANY: "                      login  yes     yes     yes     yes     yes     yes",
        },
    ),
    "speak": Table(
        lambda state: Saying(Thread(asking_only="only" in state), state.split()[0]),
        ("asking", "lived", "asking only", "lived only"),
        {"no": "This thread gathers questions. Please ask one, or answer one that stands here."},
        {"lived only": "no  no  no  no  no  no  no", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "pass_on": Table(
        lambda state: Passing(*(Thread(members_only=side == "members") for side in state.split(" to "))),
        ("members to all", "members to members", "all to members", "all to all"),
        {"no": "What was written for members only cannot go to a thread that everyone reads."},
        {"members to all": "no  no  no  no  no  no  no", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "arrange_thread": Table(
        thread,
        STATES,
        {"no": "Only moderators, and the facilitators of its theme, change the settings of a thread."},
        {
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no   no  yes  yes",
            ANY: "                                             no  no  no  yes  no  yes  yes",
        },
    ),
    "close_to_visitors": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, change the settings of a thread.",
            "essay": "An essay's own thread stays open to everyone: it is the door of this place.",
        },
        {
            "essay / essay, locked / essay, pinned in forum": "essay  essay  essay  essay  essay  essay  essay",
            ANY: "                                             no     no     no     yes    no     yes    yes",
        },
    ),
    "edit_thread": Table(
        thread,
        STATES,
        {
            "no": "Only its author can change the opening text.",
            "hidden": "This thread is hidden. Its opening text cannot be changed.",
        },
        {
            "hidden / hidden, locked / merged": "              no  no  hidden  no  no  no  no",
            "essay / essay, locked / essay, pinned in forum": "no  no  no      no  no  no  no",
            ANY: "                                             no  no  yes     no  no  no  no",
        },
    ),
    "lock": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, lock a thread.",
            "locked": "This thread is locked already.",
        },
        {
            "locked / hidden, locked": "         no  no  no  locked  no  locked  locked",
            "essay, locked": "                   no  no  no  no      no  locked  locked",
            "essay / essay, pinned in forum": "  no  no  no  no      no  yes     yes",
            ANY: "                               no  no  no  yes     no  yes     yes",
        },
    ),
    "unlock": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, unlock a thread.",
            "open": "This thread is not locked.",
        },
        {
            "locked / hidden, locked": "       no  no  no  yes   no  yes   yes",
            "essay, locked": "                 no  no  no  no    no  yes   yes",
            "essay / essay, pinned in forum": "no  no  no  no    no  open  open",
            ANY: "                             no  no  no  open  no  open  open",
        },
    ),
    "pin": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, pin a thread.",
            "forum": "Only moderators pin a thread for the whole forum.",
        },
        {
            "pinned in forum": "                               no  no  no  forum  no  yes  yes",
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no     no  yes  yes",
            ANY: "                                             no  no  no  yes    no  yes  yes",
        },
    ),
    "pin_everywhere": Table(
        thread,
        STATES,
        {"no": "Only moderators pin a thread for the whole forum."},
        {ANY: "no  no  no  no  no  yes  yes"},
    ),
    "unpin": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, unpin a thread.",
            "not": "This thread is not pinned.",
            "forum": "Only moderators pin a thread for the whole forum.",
        },
        {
            "pinned in theme": "       no  no  no  yes    no  yes  yes",
            "pinned in forum": "       no  no  no  forum  no  yes  yes",
            "essay, pinned in forum": "no  no  no  no     no  yes  yes",
            "essay / essay, locked": " no  no  no  no     no  not  not",
            ANY: "                     no  no  no  not    no  not  not",
        },
    ),
    "split_thread": Table(
        thread,
        STATES,
        {"no": "Only moderators, and the facilitators of its theme, split a thread."},
        {
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no   no  yes  yes",
            ANY: "                                             no  no  no  yes  no  yes  yes",
        },
    ),
    "merge_thread": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, merge a thread into another.",
            "essay": "An essay's own thread cannot be merged into another.",
            "hidden": "This thread is hidden. It cannot be merged into another.",
        },
        {
            "hidden / hidden, locked / merged": "              no  no  no  hidden  no  hidden  hidden",
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no      no  essay   essay",
            ANY: "                                             no  no  no  yes     no  yes     yes",
        },
    ),
    "retitle_thread": Table(
        thread,
        STATES,
        {
            "no": "Only moderators, and the facilitators of its theme, give a thread another title.",
            "essay": "An essay's own thread bears the essay's title.",
        },
        {
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no   no  essay  essay",
            ANY: "                                             no  no  no  yes  no  yes    yes",
        },
    ),
    "hide_thread": Table(
        thread,
        STATES,
        {
            "no": "Only moderators hide a thread.",
            "essay": "An essay's own thread cannot be hidden.",
            "hidden": "This thread is hidden already.",
        },
        {
            "hidden / hidden, locked": "                       no  no  no  no  no  hidden  hidden",
            "essay / essay, locked / essay, pinned in forum": "no  no  no  no  no  essay   essay",
            ANY: "                                             no  no  no  no  no  yes     yes",
        },
    ),
    "restore_thread": Table(
        thread,
        (*STATES, "hidden, a moderator's"),
        {
            "no": "Only moderators restore a thread.",
            "not": "This thread is not hidden.",
            "own": "These are your own words. Another moderator looks after them.",
        },
        {
            "hidden / hidden, locked": "no  no  no  no  no  yes  yes",
            "hidden, a moderator's": "  no  no  no  no  no  own  yes",
            ANY: "                      no  no  no  no  no  not  not",
        },
    ),
}

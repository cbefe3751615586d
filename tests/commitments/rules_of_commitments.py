"""Who may do what with commitments and field notes.

The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin.
"""

from forum.commitments.models import MOST, Commitment, FieldNote
from forum.commitments.rules import Asking, Room, Telling
from forum.threads.models import HIDDEN, STANDING, WITHDRAWN
from forum.threads.reasons import UNTIL_SEEN
from tests.roles import ANY, AUTHOR, Table

OFF = "This is switched off here at present."
OFF_STILL = f"{OFF} What you noted is still yours."
READ_FIRST = "What you write is still read by a moderator first. Once a reply of yours stands, you can"
STATES = (STANDING, HIDDEN, "held", WITHDRAWN)
TELLINGS = {
    "ready": Telling(own=True),
    "another's": Telling(own=False),
    "told": Telling(own=True, told=True),
    "off": Telling(own=True, on=False),
    "unanswered": Telling(own=True, answered=False),
    "new": Telling(own=True, waits=True),
}
ASKINGS = {
    "open": Asking(STANDING),
    "once": Asking(STANDING, asked=1),
    "twice": Asking(STANDING, asked=2),
    "hidden": Asking(HIDDEN),
    "shut": Asking(STANDING, door=False),
    "off": Asking(STANDING, on=False),
    "own": Asking(STANDING, own=True),
    "asked": Asking(STANDING, asked=1, asked_already=True),
    "new": Asking(STANDING, waits=True),
}


def room(state: str) -> Room:
    return Room(on=state != "off", kept=MOST if state == "full" else MOST - 1)


def note(state: str) -> FieldNote:
    reason = UNTIL_SEEN if state == "held" else "Too much."
    return FieldNote(
        id=1, author_id=AUTHOR, signature="", state=HIDDEN if state == "held" else state, state_reason=reason
    )


def each(*names: str) -> dict[str, str]:
    return {name: "  ".join([name] * 7) for name in names}


OWN = Table(
    lambda _state: Commitment(member_id=AUTHOR),
    (ANY,),
    {"no": "This is not yours."},
    {ANY: "no  no  yes  no  no  no  no"},
)

TABLES = {
    "commit": Table(
        room,
        ("on", "off", "full"),
        {
            "login": "Log in to note something for yourself.",
            "off": OFF_STILL,
            "full": "You keep 50 of these, which is all that fit. Throw one away first.",
        },
        {
            "off": " login  off   off   off   off   off   off",
            "full": "login  full  full  full  full  full  full",
            ANY: "   login  yes   yes   yes   yes   yes   yes",
        },
    ),
    "answer_commitment": OWN,
    "throw_away_commitment": OWN,
    "tell_field_note": Table(
        TELLINGS.__getitem__,
        tuple(TELLINGS),
        {
            "another's": "This is not yours.",
            "told": "You have told of this already.",
            "off": OFF_STILL,
            "unanswered": "Say first what came of it.",
            "new": f"{READ_FIRST} tell of this, too.",
        },
        {**each("another's", "told", "off", "unanswered", "new"), ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "take_back_note": Table(
        note,
        STATES,
        {"no": "Only whoever wrote this can take it back.", "gone": "This is taken back already."},
        {WITHDRAWN: "no  no  gone  no  no  no  no", ANY: "no  no  yes  no  no  no  no"},
    ),
    "ask_about_note": Table(
        ASKINGS.__getitem__,
        tuple(ASKINGS),
        {
            "login": "Log in to ask about this.",
            "hidden": "This does not stand at present, so nobody can ask about it.",
            "shut": "Whoever wrote this does not want to be asked.",
            "off": OFF,
            "own": "You wrote this yourself.",
            "asked": "You have asked about this already.",
            "twice": "Two questions stand here, and more are not asked.",
            "new": f"{READ_FIRST} ask here, too.",
        },
        {
            **{name: "login" + f"  {name}" * 6 for name in ("hidden", "shut", "off", "own", "asked", "twice", "new")},
            ANY: "login  yes  yes  yes  yes  yes  yes",
        },
    ),
    "hide_field_note": Table(
        note,
        STATES,
        {
            "no": "Only moderators hide a field note.",
            "gone": "This was taken back; there is nothing to hide.",
            "done": "This is hidden already.",
        },
        {
            WITHDRAWN: "no  no  no  no  no  gone  gone",
            HIDDEN: "   no  no  no  no  no  done  done",
            ANY: "      no  no  no  no  no  yes   yes",
        },
    ),
    "restore_field_note": Table(
        note,
        STATES,
        {"no": "Only moderators restore a field note.", "stands": "This is not hidden."},
        {
            f"{STANDING} / {WITHDRAWN}": "no  no  no  no  no  stands  stands",
            ANY: "no  no  no  no  no  yes  yes",
        },
    ),
}

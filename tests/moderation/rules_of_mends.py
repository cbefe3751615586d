"""Who may mend, ask for it, and speak about what its author stands by.

The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin.
"""

from forum.moderation.targets import Desk, Mending
from tests.moderation.rules_of_cases import NO
from tests.roles import ANY, Table
from tests.threads.rules_of_replies import STATES, reply, whatever


def mending(state: str) -> Mending:
    """Return a mend as someone stands to it: their own, unless `state` says that it is another's."""
    of = next((name for name in ("folded", "withdrawn", "hidden", "removed") if name in state), "standing")
    return Mending("another's" not in state, of, "closed" in state, "answered" in state)


def desk(state: str) -> Desk:
    told = {name: True for name in ("alone", "spoke", "closed") if name in state}
    return Desk(**told, stood_by="stood by" in state, against="dario" if "against" in state else "")


def everyone(answer: str) -> str:
    return "  ".join([answer] * 7)


def staff(answer: str) -> str:
    return f"no  no  no  no  no  {answer}  {answer}"


TABLES = {
    "answer_mend": Table(
        mending,
        ("standing", "folded", "withdrawn", "hidden", "removed", "closed", "answered", "answered, closed", "another's"),
        {
            "no": "Only its author can mend a reply.",
            "answered": "You have answered this already. Nothing more is asked of you.",
            "closed": "A moderator has looked at it meanwhile. Nothing more is asked of you.",
            "withdrawn": "You withdrew this reply. Nothing more is asked of you.",
            "hidden": "This reply is hidden, and a moderator looks at it. Nothing more is asked of you.",
        },
        {
            "another's": everyone("no"),
            "answered / answered, closed": everyone("answered"),
            "closed": everyone("closed"),
            "withdrawn": everyone("withdrawn"),
            "hidden / removed": everyone("hidden"),
            ANY: everyone("yes"),
        },
    ),
    "ask_to_mend": Table(
        reply,
        STATES,
        {
            "no": "Only moderators ask for something to be mended.",
            "not": "This reply does not stand at present, so there is nothing to mend.",
        },
        {
            whatever("withdrawn"): staff("not"),
            whatever("hidden"): staff("not"),
            whatever("removed"): staff("not"),
            ANY: staff("yes"),
        },
    ),
    "restrict_in_case": Table(
        desk,
        ("asked", "stood by", "stood by, spoke", "stood by, against", "stood by, alone"),
        {"two": "Its author stands by it, so two moderators decide. Say first that it cannot stay as it is."},
        {"stood by / stood by, spoke": everyone("two"), ANY: everyone("yes")},
    ),
    "speak_against": Table(
        desk,
        ("asked", "stood by", "stood by, spoke", "stood by, against", "stood by, alone", "stood by, closed"),
        {
            "no": NO,
            "alone": "You can decide about this by yourself.",
            "spoke": "You have said that it cannot stay as it is. Another moderator decides now.",
            "yours": "dario says that it cannot stay as it is. You decide now.",
            "closed": "This case is closed.",
        },
        {
            "asked / stood by, alone": staff("alone"),
            "stood by, spoke": staff("spoke"),
            "stood by, against": staff("yours"),
            "stood by, closed": staff("closed"),
            ANY: staff("yes"),
        },
    ),
}

"""Who may flag what, and look after which case.

The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin.
"""

from forum.moderation.models import Flag
from forum.moderation.targets import REPLY, Appealing, Desk, Judging, Target, Undoing
from tests.roles import ANY, AUTHOR, Table


def target(state: str) -> Target:
    return Target(REPLY, 7, AUTHOR, readable=state != "hidden", flagged=state == "flagged")


def own(state: str) -> Flag | None:
    return Flag(id=1) if state == "flagged" else None


def desk(state: str) -> Desk:
    """Return how one stands to a case: `state` names what is so about it."""
    told = {name: True for name in ("own", "flagged", "answered", "alone", "mine", "closed") if name in state}
    return Desk(
        **told, taken_by="dario" if "taken" in state else "", decided_by="dario" if state == "closed, decided" else ""
    )


def judging(state: str) -> Judging:
    told = {name: True for name in ("own", "part", "first", "alone", "decided") if name in state}
    return Judging(**told, decided_by="dario")


def undoing(state: str) -> Undoing:
    return Undoing(**{name: True for name in ("own", "undone", "later") if name in state})


NO = "Only moderators look after what was flagged."
PARTS = (
    "free",
    "own",
    "flagged",
    "answered",
    "flagged, alone",
    "answered, alone",
    "own, alone",
    "taken",
    "mine",
    "closed",
    "closed, decided",
)
TABLES = {
    "flag": Table(
        target,
        ("standing", "hidden", "flagged"),
        {
            "login": "Log in to flag this. What is against the law can be reported without an account.",
            "own": "These are your own words. You can change them yourself.",
            "already": "You have flagged this already, and a moderator will look at it.",
            "gone": "Its words can no longer be read here, so there is nothing to flag.",
        },
        {
            "hidden": "  login  gone     own  gone     gone     gone     gone",
            "flagged": " login  already  own  already  already  already  already",
            "standing": "login  yes      own  yes      yes      yes      yes",
        },
    ),
    "report": Table(
        target,
        ("standing", "hidden"),
        {"gone": "Its words can no longer be read here, so there is nothing to flag."},
        {"hidden": "gone  gone  gone  gone  gone  gone  gone", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "answer_flagged": Table(
        own,
        ("flagged", "not"),
        {"wait": "You have flagged this. Until a moderator has looked at it, you cannot answer it."},
        {"flagged": "wait  wait  wait  wait  wait  wait  wait", ANY: "yes  yes  yes  yes  yes  yes  yes"},
    ),
    "see_cases": Table(lambda _state: None, (ANY,), {"no": NO}, {ANY: "no  no  no  no  no  yes  yes"}),
    "see_case": Table(
        desk,
        PARTS,
        {"no": NO, "own": "This case is about you. Another moderator looks after it."},
        {"own / own, alone": "no  no  no  no  no  own  own", ANY: "no  no  no  no  no  yes  yes"},
    ),
    "work_on_case": Table(
        desk,
        PARTS,
        {
            "no": NO,
            "own": "This case is about you. Another moderator looks after it.",
            "closed": "This case is closed.",
            "decided": "dario has decided about this meanwhile, as you see here.",
            "flagged": "You have flagged this yourself. Another moderator looks after it.",
            "answered": "You have written here yourself. Another moderator looks after it.",
            "taken": "dario is looking after this case.",
        },
        {
            "own / own, alone": "no  no  no  no  no  own       own",
            "closed": "          no  no  no  no  no  closed    closed",
            "closed, decided": " no  no  no  no  no  decided   decided",
            "flagged": "         no  no  no  no  no  flagged   flagged",
            "answered": "        no  no  no  no  no  answered  answered",
            "taken": "           no  no  no  no  no  taken     taken",
            ANY: "               no  no  no  no  no  yes       yes",
        },
    ),
    "appeal": Table(
        lambda state: Appealing(
            own=state != "another", undone=state == "undone", made=state == "made", late=state == "late"
        ),
        ("own", "another", "made", "undone", "late"),
        {
            "no": "Only whom a decision binds appeals against it, and whoever flagged something in vain.",
            "made": "You have appealed already. Another moderator looks at it.",
            "undone": "This decision was taken back. There is nothing to appeal against.",
            "late": "The six months to appeal in are over. The courts stay open to you.",
        },
        {
            "another": "no  no  no  no  no  no  no",
            "made": "made  made  made  made  made  made  made",
            "undone": "undone  undone  undone  undone  undone  undone  undone",
            "late": "late  late  late  late  late  late  late",
            ANY: "yes  yes  yes  yes  yes  yes  yes",
        },
    ),
    "judge_appeal": Table(
        judging,
        ("free", "own", "own, alone", "part", "part, alone", "first", "first, alone", "decided"),
        {
            "no": "Only moderators decide about an appeal.",
            "own": "This appeal is about you. Another moderator decides about it.",
            "decided": "dario has decided about this appeal meanwhile, as you see here.",
            "first": "You made this decision yourself. Another moderator decides about the appeal.",
            "part": "You flagged this or wrote there yourself. Another moderator decides about the appeal.",
        },
        {
            "own / own, alone": "no  no  no  no  no  own      own",
            "part": "            no  no  no  no  no  part     part",
            "first": "           no  no  no  no  no  first    first",
            "decided": "         no  no  no  no  no  decided  decided",
            ANY: "               no  no  no  no  no  yes      yes",
        },
    ),
    "undo_decision": Table(
        undoing,
        ("stands", "own", "undone", "later"),
        {
            "no": "Only moderators take a decision back.",
            "own": "This decision is about you. Another moderator can take it back.",
            "undone": "This decision was taken back already.",
            "later": "Another decision about the same came later. Take that back first.",
        },
        {
            "own": "   no  no  no  no  no  own     own",
            "undone": "no  no  no  no  no  undone  undone",
            "later": " no  no  no  no  no  later   later",
            ANY: "     no  no  no  no  no  yes     yes",
        },
    ),
    "release_case": Table(
        desk,
        PARTS,
        {"not": "You are not looking after this case."},
        {"mine": "not  not  not  not  not  yes  yes", ANY: "not  not  not  not  not  not  not"},
    ),
}

"""Who may do what to a draft. The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin."""

from forum.drafts.models import MOST, Draft
from tests.roles import ANY, AUTHOR, Table


def draft(_state: str) -> Draft:
    return Draft(member_id=AUTHOR)


OWN = Table(draft, (ANY,), {"no": "This is not your draft."}, {ANY: "no  no  yes  no  no  no  no"})

TABLES = {
    "begin_draft": Table(
        int,
        ("0", str(MOST - 1), str(MOST)),
        {
            "login": "Log in to keep a draft.",
            "full": "You have 100 drafts, which is all that fit. Throw one away first.",
        },
        {
            str(MOST): "login  full  full  full  full  full  full",
            ANY: "       login  yes   yes   yes   yes   yes   yes",
        },
    ),
    "keep_draft": OWN,
    "throw_away_draft": OWN,
}

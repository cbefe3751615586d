"""Who may do what to the pace of an exchange. The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator,
admin."""

from forum.threads.models import Reply
from tests.roles import ANY, AUTHOR, MISTRUST, POLARIZATION, Table
from tests.threads.rules_of_threads import thread


def root(state: str) -> Reply:
    """Return a reply of AUTHOR's in the essay's thread or a member's, under mistrust or under polarization."""
    theme = POLARIZATION if "polarization" in state else MISTRUST
    return Reply(author_id=AUTHOR, theme_id=theme, thread=thread("essay" if "essay" in state else "open"))


TABLES = {
    "set_pace": Table(
        root,
        ("open", "essay", "essay, polarization"),
        {"no": "Only moderators, and the facilitators of its theme, set the pace of an exchange."},
        {
            "essay, polarization": "no  no  no  no   yes  yes  yes",
            ANY: "                  no  no  no  yes  no   yes  yes",
        },
    ),
}

"""The roles that rules tell apart, and the shape in which tests say what each is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forum.accounts.models import Facilitation, Member, Visitor

ROLES = ("visitor", "member", "author", "facilitator", "facilitator elsewhere", "moderator", "admin")
ANY = "any"
MISTRUST, POLARIZATION = 1, 2
AUTHOR = 3
MODERATOR = 10 + ROLES.index("moderator")


def who(role: str) -> Member | Visitor:
    """Return someone in a role; `facilitator` keeps the theme of the thread, `facilitator elsewhere` another."""
    if role == "visitor":
        return Visitor()
    kept = {"facilitator": MISTRUST, "facilitator elsewhere": POLARIZATION}.get(role)
    return Member(
        id=AUTHOR if role == "author" else 10 + ROLES.index(role),
        name=role,
        role=role if role in {"moderator", "admin"} else "member",
        facilitations=[Facilitation(theme_id=kept)] if kept else [],
    )


@dataclass(frozen=True)
class Table:
    """What each role is told of one act, in each state of what it is done to.

    A row names states (several with " / " between them) and gives one answer for each of ROLES: "yes", or the short name of
    a refusal, whose sentence stands beside it. States that no row names are answered by ANY.
    """

    subject: Callable[[str], Any]
    states: tuple[str, ...]
    refusals: dict[str, str]
    rows: dict[str, str]

    def row(self, state: str) -> list[str]:
        """Return the answer for each of ROLES, "" for yes, else the sentence."""
        found = next((row for names, row in self.rows.items() if state in names.split(" / ")), None) or self.rows[ANY]
        return [self.refusals[answer] if answer != "yes" else "" for answer in found.split()]

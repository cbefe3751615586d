"""Who may say that they listen.

The columns: visitor, member, author, facilitator, facilitator elsewhere, moderator, admin.
"""

from forum.listening.rules import Foot
from tests.roles import ANY, Table

FEET = {"essay": Foot(of_essay=True), "other": Foot(of_essay=False), "off": Foot(of_essay=True, on=False)}

TABLES = {
    "listen": Table(
        FEET.__getitem__,
        tuple(FEET),
        {
            "login": "Log in to say that you are here.",
            "other": "This is asked at the foot of an essay only.",
            "off": "This is switched off here at present.",
        },
        {
            "other": "login  other  other  other  other  other  other",
            "off": "  login  off    off    off    off    off    off",
            ANY: "    login  yes    yes    yes    yes    yes    yes",
        },
    ),
}

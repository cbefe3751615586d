"""Reasons that the forum gives by itself; stored as they stand here, and said in the reader's language (see wording.py)."""

import re

from forum.core.marks import N_

UNTIL_SEEN = N_("It was flagged, and is hidden until a moderator has looked at it.")
REWORKED = N_("It is folded while its author reworks it.")
UNTIL_LOOKED_AT = N_("It is folded until a moderator has looked at it.")
MENDED = N_("Its author has reworked it.")
SEEN = N_("A moderator has looked at it, and it stands.")
APPEALED = N_("After an appeal, another moderator saw it differently.")
TAKEN_ALONG = N_("Its author left and took it along.")
FOR_NOW = frozenset({UNTIL_SEEN, REWORKED, UNTIL_LOOKED_AT})  # nobody has decided yet

_RULE = re.compile(r"rule:(\d{1,3}):(\d{1,9}):([a-z][a-z-]{1,29})", re.ASCII)


def by_rule(number: int, version: int, key: str) -> str:
    """Return the reason of what was decided by a rule of the house: its number and key, and the version that stood."""
    return f"rule:{number}:{version}:{key}"


def rule_of(reason: str) -> tuple[str, str] | None:
    """Return the number of the rule that a reason names, and where that rule can be read as it stood."""
    found = _RULE.fullmatch(reason)
    return (found[1], f"/rules/versions/{found[2]}#{found[3]}") if found else None

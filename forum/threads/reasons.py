"""Reasons that the forum gives by itself; stored as they stand here, and said in the reader's language (see wording.py)."""

from forum.core.marks import N_

UNTIL_SEEN = N_("It was flagged, and is hidden until a moderator has looked at it.")
REWORKED = N_("It is folded while its author reworks it.")
UNTIL_LOOKED_AT = N_("It is folded until a moderator has looked at it.")
MENDED = N_("Its author has reworked it.")
SEEN = N_("A moderator has looked at it, and it stands.")
TAKEN_ALONG = N_("Its author left and took it along.")
FOR_NOW = frozenset({UNTIL_SEEN, REWORKED, UNTIL_LOOKED_AT})  # nobody has decided yet

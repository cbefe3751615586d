"""The key under which something can be found: it grows with the time at which that was written.

So a database that gives the highest keys first gives the newest, and a stretch of days is a stretch of keys.
"""

from datetime import datetime
from typing import Final, Literal

Kind = Literal["reply", "opening", "passage"]
KINDS: Final = {"reply": 0, "opening": 1, "passage": 2}
_ID_BITS: Final = 28
_KIND_BITS: Final = 2
_SHIFT: Final = _ID_BITS + _KIND_BITS
_LAST_SECOND: Final = 2 ** (63 - _SHIFT) - 1  # in the year 2242


def key(kind: Kind, source_id: int, at: datetime) -> int:
    """Return the key of a reply, of a thread's opening text or of a passage, by its id and when it was written."""
    return first_key(at) | (source_id % 2**_ID_BITS) << _KIND_BITS | KINDS[kind]


def first_key(at: datetime) -> int:
    """Return the lowest key of what is written in this second."""
    return min(max(int(at.timestamp()), 0), _LAST_SECOND) << _SHIFT

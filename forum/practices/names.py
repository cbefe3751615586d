"""The practices there are: each feature that is one names itself here, left of it."""

from typing import Any

Words = Any  # a sentence that is translated when it is shown
PRACTICES: dict[str, tuple[Words, Words]] = {}


def practice(key: str, title: Words, about: Words) -> str:
    """Name a practice, and say in a sentence what it is to those who switch it; return its key."""
    PRACTICES[key] = (title, about)
    return key

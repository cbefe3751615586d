"""What the index holds beside words: where something stands and who wrote it, and which words stand in a title.

Each begins with a sign that no word has, so that it can stand among words and never be one.
"""

from collections.abc import Sequence

EVERYTHING = "§everything"
IN_TITLE = "¶"


def thread(thread_id: int) -> str:
    return f"§thread{thread_id}"


def essay(essay_id: int) -> str:
    return f"§essay{essay_id}"


def theme(theme_id: int) -> str:
    return f"§theme{theme_id}"


def author(member_id: int) -> str:
    return f"§author{member_id}"


def listed(*scopes: str) -> str:
    """Return scopes as they are stored, each with a space after it."""
    return "".join(f"{scope} " for scope in (EVERYTHING, *scopes))


def title(words: Sequence[str]) -> str:
    """Return the words of a title as they are stored: as words, and as words of a title."""
    return " ".join([*words, *(IN_TITLE + word for word in words)])

"""Which replies someone has seen, as bits: one number holds SIZE neighbouring replies, so that marks stay small.

A mark belongs to a reply wherever it is read: seen in its thread, it is not new under its theme either.
"""

from collections.abc import Iterable

from forum.core.pages import LARGEST_KEY

SIZE = 60  # bits that fit into a number of either database, and its sign stays out of it
MOST = 1000  # replies in one message from a page
Blocks = dict[int, int]


def blocks(replies: Iterable[int]) -> Blocks:
    """Return the bits of some replies, by the number of their block."""
    found: Blocks = {}
    for reply in replies:
        found[reply // SIZE] = found.get(reply // SIZE, 0) | 1 << reply % SIZE
    return found


def added(before: Blocks, more: Blocks) -> Blocks:
    """Return those blocks that change when `more` has been seen too, as they are then."""
    joined = {block: before.get(block, 0) | bits for block, bits in more.items()}
    return {block: bits for block, bits in joined.items() if bits != before.get(block, 0)}


def ids(text: str) -> list[int]:
    """Return the ids that stand in a message from a page ("12.13.17"); what is not one is passed over."""
    parts = (part for part in text.split(".")[:MOST] if part.isascii() and part.isdecimal() and len(part) < 11)  # noqa: PLR2004
    return [number for number in map(int, parts) if 0 < number <= LARGEST_KEY]

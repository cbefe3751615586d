"""Where a reply stands along the essay, as one number that orders them."""

PASSAGE = 1_000_000  # more than a passage has characters
NOWHERE = 10**12  # without a passage, or with one that the current edition left out: after all that have one


def place(passage: int | None, start: int = 0) -> int:
    """Return the place of the words that begin at `start` in the passage of that index in the current edition."""
    return NOWHERE if passage is None else passage * PASSAGE + start

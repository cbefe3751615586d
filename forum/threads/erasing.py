"""How long the words of a withdrawn reply are kept, so that its author can bring it back."""

from datetime import datetime, timedelta

KEPT = timedelta(hours=24)


def due(withdrawn_at: datetime, at: datetime) -> bool:
    """Return whether they are to be erased."""
    return at >= withdrawn_at + KEPT

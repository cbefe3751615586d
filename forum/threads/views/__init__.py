"""Pages of threads and replies."""

from forum.threads.blueprint import bp
from forum.threads.views import (
    arranging,
    arriving,
    editions,
    keeping,
    mentioning,
    moving,
    muting,
    replies,
    revisions,
    threads,
)

__all__ = [
    "arranging",
    "arriving",
    "bp",
    "editions",
    "keeping",
    "mentioning",
    "moving",
    "muting",
    "replies",
    "revisions",
    "threads",
]

"""Pages of commitments, which only their owners see, and of field notes, which everyone reads."""

from forum.commitments.blueprint import bp
from forum.commitments.views import notes, own

__all__ = ["bp", "notes", "own"]

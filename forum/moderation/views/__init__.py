"""Pages of those who keep the place, and of what they did."""

from forum.moderation.blueprint import bp
from forum.moderation.views import cases, decisions, flags, log, mends, transparency

__all__ = ["bp", "cases", "decisions", "flags", "log", "mends", "transparency"]

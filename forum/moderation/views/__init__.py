"""Pages of those who keep the place, and of what they did."""

from forum.moderation.blueprint import bp
from forum.moderation.views import appeals, cases, decisions, flags, log, mends, transparency

__all__ = ["appeals", "bp", "cases", "decisions", "flags", "log", "mends", "transparency"]

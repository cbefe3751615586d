"""Pages of people: at the door, in their settings, on their page, and the admins' list."""

from forum.accounts.blueprint import bp
from forum.accounts.views import door, members, settings

__all__ = ["bp", "door", "members", "settings"]

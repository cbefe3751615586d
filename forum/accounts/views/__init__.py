"""Pages of people: at the door, in their settings, where they show that it is them, on their page, and the admins' list."""

from forum.accounts.blueprint import bp
from forum.accounts.views import admitting, confirming, door, factors, members, settings

__all__ = ["admitting", "bp", "confirming", "door", "factors", "members", "settings"]

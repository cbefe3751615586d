"""Pages of threads and replies."""

from forum.threads.blueprint import bp
from forum.threads.views import editions, keeping, mentioning, moving, muting, replies, revisions, threads

__all__ = ["bp", "editions", "keeping", "mentioning", "moving", "muting", "replies", "revisions", "threads"]

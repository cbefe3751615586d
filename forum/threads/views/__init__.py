"""Pages of threads and replies."""

from forum.threads.blueprint import bp
from forum.threads.views import keeping, moving, replies, threads

__all__ = ["bp", "keeping", "moving", "replies", "threads"]

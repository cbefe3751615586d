from forum.core.background import background
from forum.search import actions


@background
def gather() -> None:
    """Gather what can be found of a forum that had no search yet, or whose `forum search reindex` was broken off."""
    for _reached in actions.gather():
        pass

from forum.core.background import background
from forum.waiting import actions, queries


@background
def release() -> None:
    """Let stand what has waited for its day."""
    for number in queries.due():
        actions.release(number)

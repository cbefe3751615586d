from forum.core.background import background
from forum.waiting import actions


@background
def forget() -> None:
    """Take away what was decided a month ago."""
    actions.forget()

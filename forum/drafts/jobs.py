from forum.core.background import background
from forum.drafts import actions


@background
def let_go() -> None:
    """Take away drafts that are kept no longer."""
    actions.expire()

from forum.core.background import background
from forum.moderation.actions import mending


@background
def tell_authors() -> None:
    """Tell those of what is to be mended who could not be told on the day it was flagged."""
    mending.tell_due()

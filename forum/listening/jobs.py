from forum.core.background import background, give_way
from forum.listening import actions


@background
def tell() -> None:
    """Say once a week, in a word, how many listen."""
    for _told in actions.tell():
        give_way()

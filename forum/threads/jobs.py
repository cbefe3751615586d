from forum.core.background import background
from forum.threads.actions import placing


@background
def seek_words() -> None:
    """Place the quoted words that wait since a new edition came."""
    for _told in placing.go_on():
        pass

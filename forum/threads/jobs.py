from forum.core.background import background
from forum.threads.actions import erasing, placing


@background
def seek_words() -> None:
    """Place the quoted words that wait since a new edition came."""
    for _told in placing.go_on():
        pass


@background
def erase_words() -> None:
    """Erase the words of replies that were withdrawn a day ago."""
    for _told in erasing.erase():
        pass

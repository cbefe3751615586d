from forum.core.background import background, give_way
from forum.notices.actions import telling


@background
def tell_followers() -> None:
    """Tell those who follow a thread or theme what was written there."""
    for _told in telling.go_on():
        give_way()

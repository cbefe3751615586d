from forum.core.background import background, give_way
from forum.notices.actions import reading, seeing, telling


@background
def tell_followers() -> None:
    """Tell those who follow a thread or theme what was written there."""
    for _told in telling.go_on():
        give_way()


@background
def forget_marks() -> None:
    seeing.forget()


@background
def forget_notices() -> None:
    reading.forget()

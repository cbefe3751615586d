from forum.core.background import background
from forum.notices.actions import seeing


@background
def forget_marks() -> None:
    seeing.forget()

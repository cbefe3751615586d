from forum.core.background import background
from forum.notices import actions


@background
def forget_marks() -> None:
    actions.forget()

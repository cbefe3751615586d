from forum.core.background import background, give_way
from forum.rights.actions import leaving


@background
def see_to_those_who_left() -> None:
    for _done in leaving.go_on():
        give_way()

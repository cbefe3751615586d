from forum.commitments.actions import committing
from forum.core.background import background, give_way


@background
def ask_those_due() -> None:
    """Ask members about what they noted, on the day that they chose."""
    for _asked in committing.ask_those_due():
        give_way()

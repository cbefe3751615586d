"""A second factor for a member, and the app that shows its codes."""

import pyotp

from forum.accounts import queries
from forum.accounts.actions import factors
from forum.accounts.models import Member
from forum.core import clock


class App:
    """What an app knows: the secret, from which it shows a code for each half minute."""

    def __init__(self, secret: str) -> None:
        self.totp = pyotp.TOTP(secret.replace(" ", ""))

    def code(self, later: int = 0) -> str:
        """Return the code of now, or of so many half minutes later."""
        return self.totp.at(clock.now(), counter_offset=later)


def set_up(member: Member) -> tuple[App, list[str]]:
    """Give a member a second factor, of which the code of now is not used; return the app and the recovery codes."""
    factors.begin(by=member)
    app = App(factors.secret_of(queries.factor(member)) or "")
    return app, factors.turn_on(app.code(-1), by=member)

"""Leaving, as the page does it."""

from tests.cast import PASSWORD
from tests.threads.sending import FROM_HERE


def leave(client, choice, password=PASSWORD):
    """Send the form; who has a second factor leaves by a recovery code (see conftest.py)."""
    told = {"texts": choice, "current": password, "current_code": getattr(client, "code", "")}
    return client.post("/rights/leave", data=told, headers=FROM_HERE)

"""Work that outlasts a request: what is to be done stands in the database, and each server process looks for it now and then.

A step does what it finds, in transactions of its own, so that processes may do it at once and any of them may be killed.
"""

import time
from collections.abc import Callable

from flask import Flask

PAUSE = 5.0  # seconds
GAP = 0.12
Step = Callable[[], object]
STEPS: list[Step] = []


def background(step: Step) -> Step:
    """Register a function that does whatever work is waiting."""
    STEPS.append(step)
    return step


def give_way() -> None:
    """Let whoever waits to write come between two steps: on SQLite they look again only every tenth of a second."""
    time.sleep(GAP)


def work(app: Flask) -> None:
    """Do what is waiting, once."""
    for step in STEPS:
        with app.app_context():
            try:
                step()
            except Exception:
                app.logger.exception("A background step failed; it is tried again.")


def keep_working(app: Flask) -> None:
    while True:
        work(app)
        time.sleep(PAUSE)

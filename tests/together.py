"""Doing several things at the same moment, each in a thread and a context of its own, as server processes do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask

from forum.core.db import session


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Return what each act returned, or the exception that it raised, in their order.

    The acts start together; what the test wrote must be committed, and what it holds open is let go.
    """
    session().rollback()
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with app.app_context(), app.test_request_context():
            start.wait()
            try:
                return act()
            except Exception as raised:  # noqa: BLE001 (it is what the test asks for)
                return raised

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))

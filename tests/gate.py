"""A form of registration as someone's browser sends it: opened a minute ago, with the sum done."""

from datetime import timedelta
from itertools import count

from flask import current_app

from forum.accounts import proof
from forum.accounts.actions.registering import Proof
from forum.core import clock


def stamped(seconds: float = 60) -> str:
    """Return the stamp of a form that was opened so long ago."""
    return proof.stamp(current_app.config["SECRET_KEY"], clock.now() - timedelta(seconds=seconds))


def solution(stamp: str) -> str:
    """Do the sum that belongs to a stamp."""
    parts = range(proof.PARTS)
    return ".".join(str(next(n for n in count() if proof._begins(stamp, part, str(n)))) for part in parts)


def proven(seconds: float = 60) -> Proof:
    stamp = stamped(seconds)
    return Proof(stamp, solution(stamp))


def fields(seconds: float = 60) -> dict[str, str]:
    """Return what a browser adds to the fields that people fill in."""
    found = proven(seconds)
    return {"stamp": found.stamp, "proof": found.sum}

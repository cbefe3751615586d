from flask import current_app

from forum.core import clock
from forum.core.background import background
from forum.moderation.actions import mending, summing
from forum.moderation.months import Month


@background
def tell_authors() -> None:
    """Tell those of what is to be mended who could not be told on the day it was flagged."""
    mending.tell_due()


@background
def sum_up_months() -> None:
    """Each process looks when it starts, and when a month is over."""
    month = Month.of(clock.now())
    if current_app.extensions.get("summed_in") != month:
        summing.sum_up()
        current_app.extensions["summed_in"] = month

"""A living forum for developers to look at: people, conversations, each state of a thread and of a reply."""

from random import Random

import click
from flask import current_app
from sqlalchemy import select

from forum.accounts.models import Member
from forum.accounts.passwords import hashed
from forum.core.db import session
from forum.demo.departing import depart
from forum.demo.elsewhere import note
from forum.demo.heated import quarrel
from forum.demo.listening import listen
from forum.demo.newcomers import arrive
from forum.demo.story import NAMES, REPLIES, THREADS, Story
from forum.demo.words import Words
from forum.moderation.actions import summing
from forum.themes.models import Theme

PASSWORD = "a small brass lamp"  # noqa: S105 (it opens nothing but a demo)


def fill() -> str:
    """Fill the forum; return what to tell whoever asked. Raises ClickException where anyone is a member."""
    if session().scalar(select(Member.id).limit(1)) is not None:
        raise click.ClickException("Somebody is a member here already. The demo fills only an empty forum.")
    rng = Random(7)  # noqa: S311 (the same forum each time, and no secrets)
    secret = hashed(PASSWORD, current_app.config["PASSWORD_COST"])
    story = Story(rng, Words(rng, current_app.config["LOCALE"]), secret)
    story.tell()
    arrive(story)
    summing.sum_up()
    note(story)
    listen(story)
    depart(story)
    quarrel(story)
    theme = session().get_one(Theme, story.third)
    return (
        f"{len(NAMES)} people, {THREADS} threads, {REPLIES} replies. Everyone's password is {PASSWORD!r}: "
        f"carla moderates, dario administers, elena facilitates {theme.name}, ada writes."
    )

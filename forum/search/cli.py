import click
from flask import Flask
from flask.cli import AppGroup

from forum.search import actions

group = AppGroup("search", help="Search.")


@group.command("reindex")
def reindex() -> None:
    """Make the index of words anew, while the forum runs."""
    done = 0
    with click.progressbar(length=actions.gather_anew(), label="Gathering what can be found") as bar:
        for reached in actions.gather():
            bar.update(max(0, reached - done))
            done = reached


def set_up(app: Flask) -> None:
    app.cli.add_command(group)

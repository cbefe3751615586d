import click
from flask import Flask
from flask.cli import AppGroup

from forum.core import log

group = AppGroup("log", help="The log of what those who keep the place have done.")


@group.command("empty")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why, for everyone to read.")
def empty(number: int, reason: str) -> None:
    """Take the words out of entry NUMBER for good: where they name someone, or the law asks for it. Another entry says so."""
    if not log.empty(number, reason):
        raise click.ClickException(f"There is no entry {number}.")
    click.echo(f"Entry {number} has no words any more.")


def set_up(app: Flask) -> None:
    app.cli.add_command(group)

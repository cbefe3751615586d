import click
from flask import Flask
from flask.cli import with_appcontext

from forum.core import holdings
from forum.moderation.actions import summing


@click.command("keep")
@with_appcontext
def keep() -> None:
    """Remove what is kept no longer, and sum up the months that are over; a running server does both by itself."""
    summing.sum_up()
    for holding, gone in holdings.keep():
        click.echo(f"{holding.title}: {gone} removed; {holding.how_long}")


def set_up(app: Flask) -> None:
    app.cli.add_command(keep)

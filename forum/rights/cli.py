import click
from flask import Flask
from flask.cli import with_appcontext

from forum.core import holdings


@click.command("keep")
@with_appcontext
def keep() -> None:
    """Remove what is kept no longer; a running server does it by itself, daily."""
    for holding, gone in holdings.keep():
        click.echo(f"{holding.title}: {gone} removed; {holding.how_long}")


def set_up(app: Flask) -> None:
    app.cli.add_command(keep)

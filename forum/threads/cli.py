import click
from flask import Flask
from flask.cli import AppGroup

from forum.threads.actions import erasing

group = AppGroup("threads", help="Threads and replies.")


@group.command("erase")
def erase() -> None:
    """Erase the words of replies that were withdrawn more than a day ago; a running server does it by itself."""
    click.echo(f"Replies whose words were erased: {sum(erasing.erase())}.")


def set_up(app: Flask) -> None:
    app.cli.add_command(group)

"""The `forum` command."""

import sys
from functools import partial
from importlib import import_module
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from forum import create_app
from forum.core import background
from forum.core.config import Misconfigured, address
from forum.core.rules import RULES
from forum.serve import resumed, serve
from forum.setup import admin_path, prepare, warm


def make_app() -> Flask:
    try:
        return create_app()
    except Misconfigured as fault:
        raise click.ClickException(str(fault)) from None


@click.group(cls=FlaskGroup, create_app=make_app, add_default_commands=False, add_version_option=False)
def main() -> None:
    """A structured discussion forum that grows out of an essay."""


@main.command()
@with_appcontext
def init() -> None:
    """Make the instance ready: key, tables, the first essay. Done again, it changes nothing."""
    prepare(_app())
    click.echo(f"Ready: {current_app.config['INSTANCE']}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65_535))
@with_appcontext
def run(host: str, port: int) -> None:
    """Serve the forum with a production server; Ctrl-C ends it."""
    place = _app().config["ADDRESS"] = address(host, port)
    if not resumed():
        prepare(_app())
        _welcome(place)
    warm(_app())
    try:
        serve(_app(), host, port, partial(background.keep_working, _app()))
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}:{port}: {error.strerror}.") from None


def _welcome(place: str) -> None:
    click.echo(f"The forum stands at {place}")
    if path := admin_path():
        click.echo(f"It has no admin yet. Whoever opens this link within an hour becomes its admin:\n  {place}{path}")
    click.echo("Ctrl-C ends it.")
    sys.stdout.flush()


@main.command()
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65_535))
@with_appcontext
def dev(port: int) -> None:
    """Serve for development: reloads on change, shows faults, has /patterns."""
    app = _app()
    prepare(app)
    app.config["ADDRESS"] = address(port=port)
    app.jinja_env.auto_reload = True
    app.run(port=port, debug=True)


@main.command()
@click.argument("url")
@with_appcontext
def where(url: str) -> None:
    """Say where URL is made: its view, its template, its test."""
    for line in _part("tour").place_of(_app(), url) or [f"No page answers to {url}."]:
        click.echo(line)


@main.command()
@with_appcontext
def rules() -> None:
    """Print every act with who and what it is asked of, and the sentences that refuse it."""
    for act, rule in sorted(RULES.items()):
        subject = f" a {rule.subject.__name__.lower()}" if rule.subject else ""
        click.echo(f"{act}{subject}")
        for sentence in _part("tour").refusals(rule):
            click.echo(f"    {sentence}")


@main.command()
@with_appcontext
def doctor() -> None:
    """Look whether the forum is well: key, database, log, search. Ends with 1 where something has to be done."""
    findings = _part("doctor").examine()
    for finding in findings:
        click.echo(f"{'TO DO' if finding.do else 'ok':<6} {finding.about}: {finding.found}")
        if finding.do:
            click.echo(f"       -> {finding.do}")
    if any(finding.do for finding in findings):
        sys.exit(1)


@main.command()
@with_appcontext
def demo() -> None:
    """Fill an empty forum with a living conversation, for developers to look at."""
    prepare(_app())
    click.echo(_part("demo").fill())


def _part(name: str) -> Any:
    """Return a module that one command needs: the servers need not carry it along."""
    return import_module(f"forum.{name}")


def _app() -> Any:
    return current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (Flask's way to the object)


if __name__ == "__main__":
    main()

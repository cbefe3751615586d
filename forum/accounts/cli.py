import click
from flask import Flask
from flask.cli import AppGroup

from forum.accounts import queries
from forum.accounts.actions import factors, roles, tickets
from forum.accounts.models import ROLES, Member
from forum.core import site
from forum.core.rules import Refused
from forum.rights.actions import leaving

group = AppGroup("member", help="People: roles, one-time links.")


def _named(name: str) -> Member:
    member = queries.named(name)
    if member is None:
        raise click.ClickException(f"Nobody here is called {name!r}.")
    return member


@group.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
def give_role(name: str, role: str) -> None:
    """Make NAME a member, moderator or admin."""
    member = _named(name)
    try:
        roles.give_role(member, role, by=None)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{member.name} is {role} now.")


@group.command("reset-link")
@click.argument("name")
def reset_link(name: str) -> None:
    """Print a link by which NAME can set a new password: once, within the hour."""
    click.echo(site.absolute(f"/reset/{tickets.reset_ticket(_named(name))}"))


@group.command("remove-factor")
@click.argument("name")
def remove_factor(name: str) -> None:
    """Take away the second factor that NAME has lost. Be sure who asks for it: from then on the password is enough."""
    member = _named(name)
    try:
        factors.remove(member)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{member.name} logs in with the password alone now.")


@group.command("invite")
def invite() -> None:
    """Print a link by which one person can register, within 14 days."""
    click.echo(site.absolute(f"/register?invite={tickets.invite(None)}"))


@group.command("erase")
@click.argument("name")
@click.option("--take-texts", "texts", flag_value="take", help="Erase what NAME wrote.")
@click.option("--keep-texts", "texts", flag_value="keep", help="Leave what NAME wrote, without the name.")
def erase(name: str, texts: str | None) -> None:
    """Delete the account of NAME, who asked for it, as they would on their own page."""
    if texts is None:
        raise click.UsageError("Say --take-texts or --keep-texts, as they choose.")
    member = _named(name)
    try:
        leaving.leave(member, takes=texts == "take")
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"The account of {name} is deleted. If there is much to do yet, a running server does it.")


def set_up(app: Flask) -> None:
    app.cli.add_command(group)

from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from forum.core.pages import LARGEST_KEY
from forum.core.rules import Refused
from forum.essays import queries
from forum.essays.actions import publish
from forum.essays.files import UnreadableFile, lines_of, read_file
from forum.essays.importing import EssayText, Unreadable
from forum.essays.theme_lines import read_themes
from forum.themes import queries as known
from forum.threads.actions import placing

group = AppGroup("essay", help="Essays.")
SHOWN = 66


def read(file: Path) -> EssayText:
    try:
        return read_file(file)
    except UnreadableFile as fault:
        raise click.ClickException(str(fault)) from None


def _lines(file: Path) -> str:
    try:
        return lines_of(file)
    except UnreadableFile as fault:
        raise click.ClickException(str(fault)) from None


def describe(text: EssayText) -> None:
    """Print what was taken for what."""
    for name in ("title", "author", "published", "updated", "language", "note"):
        click.echo(f"{name:>10}  {getattr(text, name) or '(none)'}")
    for theme in text.themes:
        click.echo(f"{'theme':>10}  {theme.name}: {', '.join(map(str, theme.passages))}")
    for line in text.left_out:
        click.echo(f"{'left out':>10}  {line[:SHOWN]}")
    for number, passage in enumerate(text.passages, 1):
        keys = ", ".join(theme.key for theme in text.themes if number in theme.passages)
        click.echo(f"{number:>10}  {passage[:SHOWN]}…  [{keys}]")


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be taken for what; write nothing.")
@click.option("--into", type=click.IntRange(1, LARGEST_KEY), help="Id of the essay of which this is a new edition.")
@click.option("--themes", type=click.Path(path_type=Path), help="File of lines: name | question | passages.")
def import_essay(file: Path, *, dry_run: bool, into: int | None, themes: Path | None) -> None:
    """Publish FILE (Markdown with front matter, plain text or HTML) as an essay, or as a new edition of one."""
    text = read(file)
    target = queries.by_id(into) if into else queries.titled(text.title)
    if into and target is None:
        raise click.ClickException(f"There is no essay {into}.")
    if themes:
        text = _themed(text, _lines(themes))
    elif not text.themes and target is None and not dry_run:
        click.echo("This essay names no themes. One a line: name | question | passages (1-9, 12). An empty line ends.")
        text = _themed(text, "\n".join(iter(lambda: click.prompt("", default="", show_default=False), "")))
    describe(text)
    if dry_run:
        click.echo("Nothing was written.")
        return
    before = target.edition_number if target else 0
    try:
        essay = publish(text, by=None, into=target)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    done = "Published" if essay.edition_number > before else "Nothing new; it stands"
    click.echo(f"{done} as edition {essay.edition_number} of essay {essay.id}.")
    place_words()


@group.command("place")
def place() -> None:
    """Go on finding the words that replies quote in a new edition, where that was broken off."""
    if not place_words():
        click.echo("No words wait to be found.")


def place_words() -> bool:
    """Find them, showing how far it is; return whether there were any."""
    steps = placing.go_on()
    first = next(steps, None)
    if first is None:
        return False
    done, total = first
    with click.progressbar(length=total, label="Finding quoted words") as bar:
        bar.update(done)
        for further, _total in steps:
            bar.update(max(0, further - done))
            done = further
    return True


def _themed(text: EssayText, lines: str) -> EssayText:
    try:
        return replace(text, themes=read_themes(lines, len(text.passages), known.everything()))
    except Unreadable as unreadable:
        raise click.ClickException(unreadable.sentence % unreadable.values) from None


def set_up(app: Flask) -> None:
    app.cli.add_command(group)

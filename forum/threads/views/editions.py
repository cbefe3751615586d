"""What changed in an essay from one edition to another."""

from functools import lru_cache
from typing import Any

from flask import abort, render_template, request

from forum.core.access import public
from forum.core.shared import shared
from forum.essays import queries as essays
from forum.essays.comparing import Section, Worded, compare
from forum.essays.models import PassageText
from forum.threads import queries
from forum.threads.blueprint import bp
from forum.threads.models import Thread
from forum.threads.views.threads import Page, Reference, load

KEPT = 4  # comparisons in memory: editions never change


@bp.get("/threads/<reference:reference>/editions")
@public
@shared
def editions(reference: Reference) -> Page:
    thread = _of_essay(reference)
    listed = essays.editions(thread.essay_id or 0)
    return render_template("threads/editions.html", thread=thread, editions=listed, sought=queries.sought(thread.id))


@bp.get("/threads/<reference:reference>/editions/<int:edition>")
@public
@shared
def edition(reference: Reference, edition: int) -> Page:
    """Show an edition against the one before it, or against the one that the address names (`?since=1`)."""
    thread = _of_essay(reference)
    since = request.args.get("since", default=edition - 1, type=int)
    contents = essays.contents(thread.essay_id or 0, edition, since if 0 < since < edition else edition - 1)
    new = contents.pop(edition, None) or abort(404)
    number, old = next(iter(contents.items()), (0, []))
    groups = _compared(_words(old), _words(new)) if number else []
    shown: dict[str, Any] = {"edition": edition, "since": number, "groups": groups, "content": new}
    return render_template("threads/edition.html", thread=thread, **shown)


def _of_essay(reference: Reference) -> Thread:
    thread, _content = load(reference)
    return thread if thread.essay_id else abort(404)


def _words(content: list[PassageText]) -> tuple[Worded, ...]:
    return tuple(Worded(passage["id"], passage["key"], passage["text"]) for passage in content)


@lru_cache(maxsize=KEPT)
def _compared(old: tuple[Worded, ...], new: tuple[Worded, ...]) -> list[list[Section]]:
    return compare(old, new)

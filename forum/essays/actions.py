from collections.abc import Sequence

from flask_babel import gettext as _

from forum.accounts.models import Member
from forum.core import clock, log
from forum.core.db import session, transaction
from forum.core.rules import Refused, require
from forum.essays import queries
from forum.essays.importing import EssayText, ThemeText
from forum.essays.matching import match_passages
from forum.essays.models import Edition, Essay, Passage, PassageText
from forum.essays.signals import published, themed


def publish(text: EssayText, *, by: Member | None, into: Essay | None = None) -> Essay:
    """Publish a text: a new essay, or a new edition of the one with its title or of `into`. `by` is None for the host.

    Raises Refused when a new essay brings no themes. The same text again changes nothing but its themes' wording.
    """
    with transaction():
        if by is not None:
            require("import_essay", by)
        essay = into or queries.titled(text.title)
        first = essay is None
        if essay is None and not text.themes:
            raise Refused("import_essay", _("This essay names no themes. Please give at least one."))
        essay = essay or _new_essay(text)
        content = _content(essay, text, [] if first else queries.current(essay).content)
        if text.themes:
            themed.send(essay, themes=text.themes)
        if first or content != queries.current(essay).content or _head(essay) != _head(text, essay):
            edition = _add_edition(essay, text, content, by, first=first)
            published.send(essay, edition=edition, themes=text.themes, first=first, by=by)
    return essay


def _head(of: Essay | EssayText, known: Essay | None = None) -> tuple[str, ...]:
    language = of.language or (known.language if known else "")
    return of.title, of.author, of.published, of.updated, of.note, language


def _new_essay(text: EssayText) -> Essay:
    essay = Essay(
        title=text.title,
        author=text.author,
        published=text.published,
        updated=text.updated,
        language=text.language,
        note=text.note,
        edition_number=0,
        created_at=clock.now(),
    )
    session().add(essay)
    session().flush()
    return essay


def _add_edition(
    essay: Essay, text: EssayText, content: list[PassageText], by: Member | None, *, first: bool
) -> Edition:
    essay.title, essay.author, essay.published = text.title, text.author, text.published
    essay.updated, essay.note, essay.language = text.updated, text.note, text.language or essay.language
    essay.edition_number += 1
    edition = Edition(
        essay_id=essay.id,
        number=essay.edition_number,
        content=content,
        added_by_id=by.id if by else None,
        created_at=clock.now(),
    )
    session().add(edition)
    session().flush()
    if not first:
        log.record("import_essay", by.id if by else None, by.role if by else "host", essay_id=essay.id)
    return edition


def _content(essay: Essay, text: EssayText, old: Sequence[PassageText]) -> list[PassageText]:
    kept = match_passages([passage["text"] for passage in old], text.passages)
    rows = iter(_new_passages(essay, kept.count(None)))
    content: list[PassageText] = []
    for number, (words, index) in enumerate(zip(text.passages, kept, strict=True), 1):
        if index is None:
            row = next(rows)
            id_, key, inherited = row.id, row.key, content[-1]["themes"] if content else []
        else:
            id_, key, inherited = old[index]["id"], old[index]["key"], old[index]["themes"]
        themes = _themes_of(number, text.themes) if text.themes else list(inherited)
        content.append({"id": id_, "key": key, "text": words, "themes": themes})
    return content


def _new_passages(essay: Essay, count: int) -> list[Passage]:
    taken = len(queries.passages(essay))
    rows = [Passage(essay_id=essay.id, key=f"p{taken + number}") for number in range(1, count + 1)]
    session().add_all(rows)
    session().flush()
    return rows


def _themes_of(number: int, themes: Sequence[ThemeText]) -> list[str]:
    return [theme.key for theme in themes if number in theme.passages]

"""Rows as entries of a feed: whose words, where they stand, how they speak."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from flask_babel import gettext as _
from markupsafe import Markup

from forum.core import site
from forum.core.slugs import slug
from forum.feeds.atom import Entry, Person
from forum.moderation import wording as log
from forum.threads.wording import named, reasoned, spoken, wording


def thread_path(thread_id: int, title: str) -> str:
    return f"/threads/{thread_id}-{slug(title)}"


def member(name: str) -> Person:
    """Return who is called so; whoever left has no name, and no page."""
    if not name:
        return Person(named(name))
    return Person(name, site.absolute(f"/members/{quote(name)}"))


def tag(path: str, at: datetime) -> str:
    """Return an id that stays when the forum moves from http to https, or to another port (RFC 4151)."""
    return f"tag:{urlsplit(site.absolute(path)).hostname},{at:%Y-%m-%d}:{path}"


def newest(replies: Iterable[Any], openings: Iterable[Any], size: int | None = None) -> list[Entry]:
    """Return both as entries, at most `size`, the newest first: what was moved from thread to thread keeps its day."""
    both = [*map(of_reply, replies), *map(of_opening, openings)]
    return sorted(both, key=lambda entry: entry.published, reverse=True)[:size]


def of_reply(row: Any) -> Entry:
    path = f"/replies/{row.id}"
    return Entry(
        id=tag(path, row.created_at),
        url=site.absolute(path),
        title=_("%(name)s in %(title)s", name=named(row.author), title=row.thread_title),
        author=member(row.author),
        published=row.created_at,
        updated=row.edited_at or row.created_at,
        html=_where(row) + spoken(row.html),
        theme=(row.theme, row.theme_name),
    )


def _where(row: Any) -> str:
    """Return a line that says what a page shows around a reply: how it speaks, its theme, its passage, whom it answers."""
    words = wording()
    parts = [
        Markup("%s %s") % (named(row.author), words.kinds[row.kind]),
        _linked(f"/themes/{row.theme}", row.theme_name),
    ]
    if row.passage:
        path = f"{thread_path(row.thread_id, row.thread_title)}?passage={row.passage}"
        parts.append(_linked(path, f"{words.passage} {row.passage[1:]}"))
    if row.answered_id:
        parts.append(words.answering + Markup(" ") + _linked(f"/replies/{row.answered_id}", named(row.answered_author)))
    return str(Markup("<p><small>%s</small></p>\n") % Markup(" · ").join(parts))


def _linked(path: str, words: str) -> Markup:
    return Markup('<a href="%s">%s</a>') % (site.absolute(path), words)


def of_opening(row: Any) -> Entry:
    """Return the entry of a thread's opening text; of an essay's thread, that of the essay, with its first passage.

    A thread that was split from another has neither author nor text: the forum itself opened it.
    """
    path = f"/threads/{row.id}"
    first = row.content[0]["text"] if row.content else ""
    return Entry(
        id=tag(path, row.created_at),
        url=site.absolute(thread_path(row.id, row.title)),
        title=row.title,
        author=member(row.author) if row.author is not None else Person(row.essay_author or site.name()),
        published=row.created_at,
        updated=changed(row) or row.created_at,
        html=str(Markup("<p>%s</p>") % first) if row.essay_id else row.html,
        theme=(row.theme, row.theme_name) if row.theme else None,
        language=row.language or "",
    )


def of_log(row: Any) -> Entry:
    """Return an entry of the log, which stays as it is, with the whole seal: whoever keeps the feed can tell if one was changed."""
    path = log.place_of(row.id)
    html = Markup("<p>%s</p>\n") % log.sentence(row, _linked)
    html += Markup("<blockquote>%s</blockquote>\n") % reasoned(row.reason) if row.reason else ""
    return Entry(
        id=tag(f"/moderation/log/{row.id}", row.at),
        url=site.absolute(path),
        title=log.sentence(row, log.plain).unescape(),
        author=Person(log.actor(row)),
        published=row.at,
        updated=row.at,
        html=str(html + Markup("<p><small>%s · %s</small></p>") % (_("entry %(number)s", number=row.id), row.seal)),
    )


def changed(row: Any) -> datetime | None:
    """Return when a thread's own text was last changed: by its author, or by a new edition of its essay."""
    return row.edited_at or row.edition_at

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask_babel import gettext as _
from markupsafe import Markup, escape

from forum.accounts import queries
from forum.core.shared import Details, filler


@filler("me")
def me(member: Any, details: Details) -> Sequence[str]:
    """Return the link to the reader's own page."""
    return [f'<a href="/members/{quote(member.name)}"><bdi>{escape(member.name)}</bdi></a>'] * len(details)


def unfolded(details: Details) -> Sequence[str]:
    """Return the words of everyone whom a reader has not muted, where they come with the hole, and no fold around them."""
    return ["".join(html) for _author_id, _part, *html in details]


@filler("muted", most_find=unfolded)
def muted(member: Any, details: Details) -> Sequence[str | None]:
    """Return what folds the words of those whom the reader has muted; for all others they stand as they are.

    Each of the details begins with an author's id and names a part: "fold" stands before what is folded and "end" after it;
    "words" brings its HTML along, of which those who muted the author are shown nothing.
    """
    if not member.mutes:
        return [None] * len(details)
    folds = {str(row.id): _fold(row.name) for row in queries.muted_by(member.id)}
    return [
        (folds[author_id] if part == "fold" else "</details>" if part == "end" else "") if author_id in folds else None
        for author_id, part, *_html in details
    ]


def _fold(name: str) -> str:
    shown = Markup("<bdi>%s</bdi>") % name
    said = Markup(_("You have muted %(name)s: show")) % {"name": shown}  # noqa: S704 (a sentence of ours)
    return Markup('<details class="muted"><summary>%s</summary>') % said

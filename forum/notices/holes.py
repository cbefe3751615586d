from collections.abc import Sequence
from typing import Any

from flask import current_app

from forum.core.shared import Details, filler
from forum.notices import queries


@filler("new")
def new(member: Any, details: Details) -> Sequence[str]:
    """Return what is new for a reader on the page of a thread or theme (scope, id): how much there is ("") and which replies.

    Details are scope, id of the thread or theme, and the id of a reply or "".
    """
    scope, scope_id, _nothing = details[0]
    known = queries.news(member.id, scope, int(scope_id))
    if not known.ids:
        return [""] * len(details)
    replies = [int(reply) for *_place, reply in details if reply]
    fresh = queries.new_among(replies, member.id, known)
    told = parts()
    mark = str(told.mark())
    return [
        (mark if int(reply) in fresh else "") if reply else str(told.since(known, known.ids[0] in fresh))
        for *_place, reply in details
    ]


@filler("news")
def news(member: Any, details: Details) -> Sequence[str]:
    """Return the threads where something is new for a reader."""
    rows = queries.newest(member.id)
    return [str(parts().news(rows)) if rows else ""] * len(details)


def parts() -> Any:
    """Return the macros that these pieces are made of."""
    return current_app.jinja_env.get_template("notices/_new.html").module

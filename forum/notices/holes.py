from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import current_app, g
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core import i18n
from forum.core.shared import Details, filler
from forum.listening.queries import today
from forum.notices import queries
from forum.notices.models import NORMAL

MOST_SHOWN = 99


@filler("notices")
def notices(member: Any, details: Details) -> Sequence[str]:
    """Return the way to the reader's notices, and how many they have not read."""
    return [_way(i18n.locale(), member.notice_count)] * len(details)


@lru_cache(maxsize=512)
def _way(_language: str, count: int) -> str:
    number = count if count <= MOST_SHOWN else f"{MOST_SHOWN}+"
    unread = ngettext("unread", "unread", count)
    told = f' (<span class="count">{number}<span class="say"> {unread}</span></span>)' if count else ""
    return f'<li><a href="/notices">{_("Notices")}{told}</a></li>'


@filler("new")
def new(member: Any, details: Details) -> Sequence[str]:
    """Return what is new for a reader on the page of a thread or theme (scope, id): how much there is ("") and which replies.

    Details are scope, id of the thread or theme, and the id of a reply or "".
    """
    scope, scope_id, _nothing = details[0]
    known = _known(member, scope, scope_id)
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


@filler("level")
def level(member: Any, details: Details) -> Sequence[str]:
    """Return what a reader chose to be told of a thread or theme (scope, id): in words (""), and of each button whether it is that."""
    scope, scope_id, _nothing = details[0]
    chosen = _known(member, scope, scope_id).level or NORMAL
    return [
        f' aria-pressed="{"true" if button == chosen else "false"}"' if button else _level(i18n.locale(), scope, chosen)
        for *_place, button in details
    ]


@lru_cache(maxsize=16)
def _level(_language: str, scope: str, chosen: str) -> str:
    return str(parts().level(scope, chosen))


@filler("listening")
def listening(member: Any, details: Details) -> Sequence[str]:
    """Return whether a reader is here, listening, and the button (scope, id of the thread)."""
    scope, thread_id = details[0]
    until = _known(member, scope, thread_id).listens_until
    here = until if until and until >= today() else None
    return [str(parts().listening(thread_id, here))] * len(details)


@filler("news")
def news(member: Any, details: Details) -> Sequence[str]:
    """Return the threads where something is new for a reader."""
    rows = queries.newest(member.id)
    return [str(parts().news(rows)) if rows else ""] * len(details)


def _known(member: Any, scope: str, scope_id: str) -> queries.News:
    """Return what is new, asked once a page whichever kind of hole wants it first."""
    asked = g.setdefault("news", {})
    if (scope, scope_id) not in asked:
        asked[scope, scope_id] = queries.news(member.id, scope, int(scope_id))
    return asked[scope, scope_id]


def parts() -> Any:
    """Return the macros that these pieces are made of."""
    return current_app.jinja_env.get_template("notices/_new.html").module

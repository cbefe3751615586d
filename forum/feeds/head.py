"""What a page says of itself to programs that read it: search engines, and whoever shows a preview of a link."""

from functools import lru_cache
from urllib.parse import quote, urlencode

from babel.core import get_global
from flask import current_app, request

from forum.core import i18n
from forum.core.pages import LARGEST_KEY, place


def canonical(path: str = "", *, order: str = "") -> str:
    """Return the address under which this page should be known: `path` or its own, and its place in a list.

    A filter shows a part of what stands under the plain address: that address it is. So it is where a list has orders, but
    for the one whose further pages stay as they are (`order`). Where FORUM_URL is not set, this is a path, true wherever
    the forum may be found.
    """
    at, address = place(), current_app.config["URL"] + (path or quote(request.path))
    asked = {name: value for name, value in request.args.items() if name not in {"after", "before"}}
    steady = {"order": order} if order else {}
    if at.key is None or asked != steady:
        return address
    last = "end" if at.before == LARGEST_KEY else at.before
    return f"{address}?{urlencode({**steady, **({'after': at.after} if at.before is None else {'before': last})})}"


@lru_cache(maxsize=8)
def _with_territory(language: str) -> str:
    known, _script, territory = get_global("likely_subtags")[language].split("_")
    return f"{known}_{territory}"


def locale_of_page() -> str:
    """Return the page's language as Open Graph writes it, with a territory: en_US, it_IT."""
    return _with_territory(i18n.locale())

"""The house's own pages: the wording that comes along, or the host's in its place."""

from datetime import datetime
from functools import lru_cache

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from forum.core import markdown
from forum.core.config import PACKAGE
from forum.core.db import session
from forum.pages.models import HouseText

TITLES = {
    "about": _l("About this place"),
    "rules": _l("Rules"),
    "privacy": _l("Privacy"),
    "help": _l("Help"),
}

KEPT = "<p>[[kept]]</p>\n"  # in the page on privacy: here stands what is kept; after all of it, where this is left out


@lru_cache(maxsize=32)
def original(name: str, locale: str) -> tuple[str, str]:
    """Return (Markdown, HTML) of a page as it comes along."""
    source = (PACKAGE / "pages" / "data" / f"{name}.{locale}.md").read_text(encoding="utf-8")
    return source, markdown.raised(markdown.render(source))


def text(name: str, locale: str) -> tuple[str, str]:
    """Return (Markdown, HTML) of a page in a language."""
    own = session().get(HouseText, (name, locale))
    return (own.source, own.html) if own else original(name, locale)


def edited() -> dict[str, datetime]:
    """Return when the host's wording of a page was last changed, in whichever language."""
    latest = select(HouseText.name, func.max(HouseText.edited_at)).group_by(HouseText.name)
    return dict(iter(session().execute(latest)))

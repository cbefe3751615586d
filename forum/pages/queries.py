"""The house's own pages: the wording that comes along, or the host's in its place."""

import json
from datetime import datetime
from functools import lru_cache

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import func, select

from forum.core import i18n, markdown, site
from forum.core.config import PACKAGE
from forum.core.db import session
from forum.pages.models import HouseText

TITLES = {
    "about": _l("About this place"),
    "rules": _l("Rules"),
    "privacy": _l("Privacy"),
    "help": _l("Help"),
}

SAFETY = "safety"  # no page, but a note on several

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


def safety_note() -> Markup:
    """Return where to find help, beside what people have lived; "" where the host wants nothing there."""
    return Markup(safety(i18n.locale())[1])  # noqa: S704 (rendered by ourselves)


def safety(locale: str) -> tuple[str, str]:
    """Return (Markdown, HTML) of that note in a language."""
    return _safety(site.safety(), locale)


@lru_cache(maxsize=32)
def _safety(own: str, locale: str) -> tuple[str, str]:
    source = json.loads(own or "{}").get(locale)
    return original(SAFETY, locale) if source is None else (source, markdown.render(source))


def edited() -> dict[str, datetime]:
    """Return when the host's wording of a page was last changed, in whichever language."""
    latest = select(HouseText.name, func.max(HouseText.edited_at)).group_by(HouseText.name)
    return dict(iter(session().execute(latest)))

"""The house's own pages: the wording that comes along, or the host's in its place."""

from functools import lru_cache

from flask_babel import lazy_gettext as _l

from forum.accounts.models import Member
from forum.core import clock, markdown
from forum.core.config import PACKAGE
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.pages.models import HouseText

TITLES = {
    "about": _l("About this place"),
    "rules": _l("Rules"),
    "privacy": _l("Privacy"),
    "help": _l("Help"),
}


@lru_cache(maxsize=32)
def original(name: str, locale: str) -> tuple[str, str]:
    """Return (Markdown, HTML) of a page as it comes along."""
    source = (PACKAGE / "pages" / "data" / f"{name}.{locale}.md").read_text(encoding="utf-8")
    return source, markdown.render(source)


def text(name: str, locale: str) -> tuple[str, str]:
    """Return (Markdown, HTML) of a page in a language."""
    own = session().get(HouseText, (name, locale))
    return (own.source, own.html) if own else original(name, locale)


def edit(name: str, locale: str, source: str, *, by: Member) -> None:
    """Put the host's wording in place; empty brings back the one that comes along."""
    html = markdown.render(source)
    with transaction():
        require("edit_house_text", by)
        own = session().get(HouseText, (name, locale))
        if not source:
            if own:
                session().delete(own)
            return
        if own is None:
            own = HouseText(name=name, locale=locale)
            session().add(own)
        own.source, own.html, own.renderer = source, html, markdown.RENDERER
        own.edited_at, own.edited_by_id = clock.now(), by.id

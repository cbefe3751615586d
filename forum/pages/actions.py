from forum.accounts.models import Member
from forum.core import clock, markdown
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.pages.models import HouseText


def edit(name: str, locale: str, source: str, *, by: Member) -> None:
    """Put the host's wording in place; empty brings back the one that comes along."""
    html = markdown.raised(markdown.render(source))
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

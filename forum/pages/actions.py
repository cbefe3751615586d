import json

from forum.accounts.models import Member
from forum.core import clock, log, markdown
from forum.core.db import Site, session, transaction
from forum.core.rules import require
from forum.pages.models import HouseText
from forum.pages.queries import SAFETY, original


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


def edit_safety(locale: str, source: str, *, by: Member) -> None:
    """Put the host's note in place; empty shows none, and the one that comes along brings itself back."""
    with transaction():
        require("edit_house_text", by)
        row = session().get_one(Site, 1)
        own = {**json.loads(row.safety or "{}"), locale: source}
        if source == original(SAFETY, locale)[0].rstrip():
            del own[locale]
        row.safety = json.dumps(own, ensure_ascii=False) if own else ""
        log.record("change_safety_note", by.id, by.role, detail=locale)

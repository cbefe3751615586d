from flask import current_app, g, request
from sqlalchemy import select

from forum.core.db import Site, session

_SITE = select(Site.name, Site.pulse, Site.safety)


def remember(name: str, pulse: int, safety: str) -> None:
    """Take the forum's row from a statement that brought it along."""
    g.setdefault("site", (name, pulse, safety))


def pulse() -> int:
    """Return the pulse that this request's page is true for."""
    return int(_row()[1])


def name() -> str:
    return str(current_app.config["NAME"] or _row()[0] or "Forum")


def safety() -> str:
    """Return the host's own notes on where to find help, as `Site.safety` keeps them."""
    return str(_row()[2])


def absolute(path: str) -> str:
    """Return `path` as an address that holds elsewhere too, in a feed or a message. What a client says of us is not asked."""
    return f"{current_app.config['ADDRESS']}{path}"


def _row() -> tuple[str, int, str]:
    if "site" not in g:
        # The visitors' cache has read it already, before it knew that it would have to ask for the page.
        g.site = request.environ.get("forum.site") or session().execute(_SITE).one()
    return g.site

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule(staff=True)
def switch_practice(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins switch practices on and off.")
    return None

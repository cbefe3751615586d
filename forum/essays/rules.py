from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule(staff=True)
def import_essay(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins import essays.")
    return None

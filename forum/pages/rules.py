from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule(staff=True)
def edit_house_text(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins change the pages of the house.")
    return None

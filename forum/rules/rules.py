from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule(staff=True)
def change_rules(who: Any, _subject: None = None) -> str | None:
    if not who.administers:
        return _("Only admins change the rules of the house.")
    return None

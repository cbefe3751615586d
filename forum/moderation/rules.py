"""May I, in keeping the place. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule()
def read_full_log(who: Any, _subject: None = None) -> str | None:
    if not who.moderates:
        return _("Only moderators read the log with the names of members.")
    return None

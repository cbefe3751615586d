from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule()
def download(who: Any, _subject: None = None) -> str | None:
    """How often one may is checked where it is made."""
    if not who:
        return _("Log in to download what is kept of you.")
    return None

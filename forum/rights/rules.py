from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@rule()
def download(who: Any, _subject: None = None) -> str | None:
    """How often one may is checked where it is made."""
    if not who:
        return _("Log in to download what is kept of you.")
    return None


@rule()
def leave(who: Any, last_admin: bool) -> str | None:
    """Whoever is paused or in a case may, too. Whether this is the last admin is told by whoever asks."""
    if not who:
        return _("Log in to delete your account.")
    if last_admin:
        return _("You are the last admin. Make someone else an admin first; then you can leave.")
    return None

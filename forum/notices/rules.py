from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.notices.models import Notice


@rule()
def follow(who: Any, _subject: None = None) -> str | None:
    """Whoever may see a thread or theme may follow or mute it."""
    if not who:
        return _("Log in to follow or mute what is written here.")
    return None


@rule(Notice)
def read_notice(who: Any, own: Notice) -> str | None:
    if not who or own.member_id != who.id:
        return _("This notice is not for you.")
    return None

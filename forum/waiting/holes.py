from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from forum.core.shared import Details, filler


@filler("waiting")
def waiting(member: Any, details: Details) -> Sequence[str]:
    """Return the way to what the reader has waiting, if there is anything."""
    count = member.waiting_count
    words = _("Waiting (%(count)s)", count=count) if count else ""
    return [f'<li><a href="/waiting">{words}</a></li>' if words else ""] * len(details)

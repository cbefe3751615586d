from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from forum.core.shared import Details, filler


@filler("drafts")
def drafts(member: Any, details: Details) -> Sequence[str]:
    """Return the way to the reader's drafts, if there are any."""
    count = member.draft_count
    words = _("Drafts (%(count)s)", count=count) if count else ""
    return [f'<li><a href="/drafts">{words}</a></li>' if words else ""] * len(details)

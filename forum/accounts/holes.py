from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import escape

from forum.core.shared import Details, filler


@filler("me")
def me(member: Any, details: Details) -> Sequence[str]:
    """Return the link to the reader's own page."""
    return [f'<a href="/members/{quote(member.name)}"><bdi>{escape(member.name)}</bdi></a>'] * len(details)

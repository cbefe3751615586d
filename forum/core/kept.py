"""What someone wrote outlives the session that they wrote it in.

When a form arrives whose session has ended, or which comes from an earlier one, its fields are shown again with a fresh form
around them: to log in first, where that is needed, and then to send.
"""

import json
from typing import Any

from flask import render_template, request
from flask_login import current_user

from forum.core import access
from forum.core.security import from_here
from forum.core.text import clean

NEVER = ("csrf_token", "password", "current", "current_code", "code", "new", "again", "kept")
LARGEST = 60_000


def fields() -> dict[str, str]:
    """Return the text fields of this request's form; passwords and tokens are not kept. Forms from elsewhere keep nothing."""
    if not from_here():
        return {}
    kept = {name: value for name, value in request.form.items() if name not in NEVER and value}
    return kept if sum(map(len, kept.values())) <= LARGEST else {}


def packed(kept: dict[str, str]) -> str:
    return json.dumps(kept, ensure_ascii=False)


def unpacked(text: str) -> dict[str, str]:
    """Return kept fields out of a hidden field, {} for anything else that may stand there."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    # Cleaned, because JSON can spell what no form can carry, such as half of a surrogate pair.
    kept = {clean(name): clean(value) for name, value in found.items() if isinstance(value, str)}
    return {name: value for name, value in kept.items() if name not in NEVER}


def page(sentence: str, target: str, kept: dict[str, str]) -> str:
    """Return the page that shows what was kept, ready to be sent to `target`: at once, or after logging in.

    It is a path; without one there is nowhere to send it.
    """
    lost = bool(target) and not current_user and access.is_for_members()
    template = "kept/login.html" if lost else "kept/send.html"
    return render_template(template, sentence=sentence, target=target, kept=kept, packed=packed(kept))

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.drafts.models import MOST, Draft


@rule()
def begin_draft(who: Any, kept: int) -> str | None:
    """`kept` is how many drafts they have."""
    if not who:
        return _("Log in to keep a draft.")
    if kept >= MOST:
        return _("You have %(most)s drafts, which is all that fit. Throw one away first.", most=MOST)
    return None


@rule(Draft)
def keep_draft(who: Any, own: Draft) -> str | None:
    """Nothing that became of its thread stands in the way: what was written stays with whoever wrote it."""
    if not who or own.member_id != who.id:
        return _("This is not your draft.")
    return None


@rule(Draft)
def throw_away_draft(who: Any, own: Draft) -> str | None:
    if not who or own.member_id != who.id:
        return _("This is not your draft.")
    return None

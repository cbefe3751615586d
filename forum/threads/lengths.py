"""How pauses are said."""

from flask_babel import gettext as _
from flask_babel import ngettext


def length(minutes: int) -> str:
    if not minutes:
        return _("no pause")
    if minutes % 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)


def slowness(minutes: int) -> str:
    """Return the sentence that says how slow a thread is."""
    if minutes % 60:
        return ngettext(
            "In this thread %(num)s minute lies between two replies of the same person.",
            "In this thread %(num)s minutes lie between two replies of the same person.",
            minutes,
        )
    return ngettext(
        "In this thread %(num)s hour lies between two replies of the same person.",
        "In this thread %(num)s hours lie between two replies of the same person.",
        minutes // 60,
    )

"""May I, with listening. `who` is a Member or a Visitor."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule


@dataclass(frozen=True, slots=True)
class Foot:
    """Where someone would listen: the thread of an essay or another one, with the practice on or off."""

    of_essay: bool
    on: bool = True


@rule(Foot)
def listen(who: Any, foot: Foot) -> str | None:
    if not who:
        return _("Log in to say that you are here.")
    if not foot.of_essay:
        return _("This is asked at the foot of an essay only.")
    if not foot.on:
        return _("This is switched off here at present.")
    return None

"""May I? A rule returns nothing, or the sentence that says why not.

The same rule gates the action, chooses between form and sentence in the template, words the 403 page and is read by the test.
An act that no rule knows is an error, never a yes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup

type_of_rule = Callable[[Any, Any], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`staff`: only those who keep the place may ever do it, and do it with a second factor where the host asks for one."""

    act: str
    subject: type | None
    ask: type_of_rule
    staff: bool


RULES: dict[str, Rule] = {}


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """An act that a rule refused; `sentence` says why, in the reader's language."""

    def __init__(self, act: str, sentence: str) -> None:
        super().__init__(sentence)
        self.act = act
        self.sentence = sentence


def rule(subject: type | None = None, *, staff: bool = False) -> Callable[[type_of_rule], type_of_rule]:
    """Register a function `act(who, subject)` as the rule for the act of its name; two rules for one act are an error."""

    def register(ask: type_of_rule) -> type_of_rule:
        act = ask.__name__
        if act in RULES:
            raise ValueError(f"Two rules for the act {act!r}.")
        RULES[act] = Rule(act, subject, ask, staff)
        return ask

    return register


def refusal(act: str, who: Any, subject: Any = None) -> str | None:
    """Return why `who` may not do `act` to `subject`, or None if they may. Raises KeyError for an unknown act."""
    asked = RULES[act]
    return asked.ask(who, subject) or (_without_factor(who) if asked.staff else None)


def _without_factor(who: Any) -> str | None:
    if who.has_factor or not current_app.config["STAFF_SECOND_FACTOR"]:
        return None
    link = Markup('<a href="/settings/factor">%s</a>') % _("Set it up")
    said = _("Whoever keeps this place needs a second factor to act here, and you have none yet. %(link)s.")
    return Markup(said) % {"link": link}  # noqa: S704 (a sentence of ours)


def may(act: str, who: Any, subject: Any = None) -> bool:
    return refusal(act, who, subject) is None


def require(act: str, who: Any, subject: Any = None) -> None:
    """Raise Refused unless `who` may do `act` to `subject`."""
    if sentence := refusal(act, who, subject):
        raise Refused(act, sentence)

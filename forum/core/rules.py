"""May I? A rule returns nothing, or the sentence that says why not.

The same rule gates the action, chooses between form and sentence in the template, words the 403 page and is read by the test.
An act that no rule knows is an error, never a yes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

type_of_rule = Callable[[Any, Any], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    act: str
    subject: type | None
    ask: type_of_rule


RULES: dict[str, Rule] = {}


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """An act that a rule refused; `sentence` says why, in the reader's language."""

    def __init__(self, act: str, sentence: str) -> None:
        super().__init__(sentence)
        self.act = act
        self.sentence = sentence


def rule(subject: type | None = None) -> Callable[[type_of_rule], type_of_rule]:
    """Register a function `act(who, subject)` as the rule for the act of its name; two rules for one act are an error."""

    def register(ask: type_of_rule) -> type_of_rule:
        act = ask.__name__
        if act in RULES:
            raise ValueError(f"Two rules for the act {act!r}.")
        RULES[act] = Rule(act, subject, ask)
        return ask

    return register


def refusal(act: str, who: Any, subject: Any = None) -> str | None:
    """Return why `who` may not do `act` to `subject`, or None if they may. Raises KeyError for an unknown act."""
    return RULES[act].ask(who, subject)


def may(act: str, who: Any, subject: Any = None) -> bool:
    return refusal(act, who, subject) is None


def require(act: str, who: Any, subject: Any = None) -> None:
    """Raise Refused unless `who` may do `act` to `subject`."""
    if sentence := refusal(act, who, subject):
        raise Refused(act, sentence)

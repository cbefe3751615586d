import pytest

from forum.core import rules
from forum.core.rules import RULES, Refused, may, refusal, require, rule

pytestmark = pytest.mark.one_database


@pytest.fixture
def own_rules(monkeypatch):
    monkeypatch.setattr(rules, "RULES", {})

    @rule(str)
    def open_door(who, door):
        return f"{who} has no key to {door}." if who != "ada" else None

    return open_door


@pytest.mark.parametrize("act", ["", "fly", "Reply", "reply ", "__class__", "lookings"])
def test_an_act_that_no_rule_knows_is_an_error_and_never_a_yes(act):
    for ask in (refusal, may, require):
        with pytest.raises(KeyError):
            ask(act, None)


def test_a_rule_answers_with_nothing_or_with_the_sentence_that_says_why_not(own_rules):
    assert refusal("open_door", "ada", "the attic") is None
    assert refusal("open_door", "bruno", "the attic") == "bruno has no key to the attic."
    assert (may("open_door", "ada", "x"), may("open_door", "bruno", "x")) == (True, False)


def test_what_is_required_and_refused_says_what_and_why(own_rules):
    require("open_door", "ada", "the attic")
    with pytest.raises(Refused) as refused:
        require("open_door", "bruno", "the attic")
    assert (refused.value.act, refused.value.sentence) == ("open_door", "bruno has no key to the attic.")


def test_two_rules_for_one_act_are_an_error(own_rules):
    with pytest.raises(ValueError, match="Two rules for the act 'open_door'"):
        rule()(own_rules)


def test_a_rule_is_a_function_that_can_be_asked_by_itself(own_rules):
    assert own_rules("ada", "the attic") is None


def test_every_rule_is_known_by_its_name(app):
    assert RULES
    for act, known in RULES.items():
        assert known.act == act == known.ask.__name__

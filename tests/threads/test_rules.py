import pytest
from flask import Flask

from forum import create_app
from forum.core.rules import RULES, refusal
from forum.tour import refusals
from tests.roles import ANY, ROLES, who
from tests.rules_table import TABLES

CASES = [
    pytest.param(act, state, role, answer, id=f"{role} {act} {state}")
    for act, table in TABLES.items()
    for state in table.states
    for role, answer in zip(ROLES, table.row(state), strict=True)
]


@pytest.fixture(scope="module")
def asked() -> Flask:
    """The application without a database: a rule reads only what it is given."""
    return create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://"})


@pytest.mark.parametrize(("act", "state", "role", "answer"), CASES)
def test_a_rule_says_yes_or_why_not(asked, act, state, role, answer):
    with asked.test_request_context():
        assert (refusal(act, who(role), TABLES[act].subject(state)) or "") == answer


def test_every_act_has_its_table():
    assert set(TABLES) == set(RULES)


@pytest.mark.parametrize("act", sorted(TABLES))
def test_every_sentence_of_a_rule_is_met_in_its_table(act):
    met = {sentence for state in TABLES[act].states for sentence in TABLES[act].row(state)}
    for sentence in refusals(RULES[act]):
        assert any(answer.startswith(sentence.partition("%(")[0]) for answer in met), sentence


@pytest.mark.parametrize("act", sorted(TABLES))
def test_a_table_names_only_states_that_it_asks_in(act):
    table = TABLES[act]
    named = {state for names in table.rows if names != ANY for state in names.split(" / ")}
    assert named <= set(table.states)


def test_an_act_that_no_rule_knows_is_an_error(asked):
    with asked.test_request_context(), pytest.raises(KeyError):
        refusal("fly", who("admin"))

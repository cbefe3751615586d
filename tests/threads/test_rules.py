import pytest
from flask import Flask

from forum import create_app
from forum.core.rules import RULES, refusal
from forum.tour import refusals
from tests.roles import ANY, ROLES, who
from tests.rules_table import TABLES


@pytest.fixture(scope="module")
def asked() -> Flask:
    """The application without a database: a rule reads only what it is given."""
    return create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://"})


def cells(act: str) -> dict[str, str]:
    """Return the whole table of one act: what is expected of it, by role and state."""
    table = TABLES[act]
    return {
        f"{role} {act} {state}": answer
        for state in table.states
        for role, answer in zip(ROLES, table.row(state), strict=True)
    }


@pytest.mark.parametrize("act", sorted(TABLES))
def test_a_rule_says_yes_or_why_not(asked, act):
    told = {}
    for state in TABLES[act].states:
        for role in ROLES:
            with asked.test_request_context():
                told[f"{role} {act} {state}"] = str(refusal(act, who(role), TABLES[act].subject(state)) or "")
    expected = cells(act)
    assert told.keys() == expected.keys()
    assert {cell: answer for cell, answer in told.items() if answer != expected[cell]} == {}


def test_every_act_has_its_table():
    assert set(TABLES) == set(RULES)


def test_every_sentence_of_a_rule_is_met_in_its_table():
    for act, table in TABLES.items():
        met = {sentence for state in table.states for sentence in table.row(state)}
        for sentence in refusals(RULES[act]):
            assert any(answer.startswith(sentence.partition("%(")[0]) for answer in met), f"{act}: {sentence}"


def test_a_table_names_only_states_that_it_asks_in():
    for act, table in TABLES.items():
        named = {state for names in table.rows if names != ANY for state in names.split(" / ")}
        assert named <= set(table.states), act


def test_an_act_that_no_rule_knows_is_an_error(asked):
    with asked.test_request_context(), pytest.raises(KeyError):
        refusal("fly", who("admin"))

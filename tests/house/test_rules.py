"""What only those who keep the place may do waits for their second factor, where the host asks for one."""

import pytest
from flask import Flask

from forum import create_app
from forum.core.rules import RULES, refusal
from tests.roles import ROLES, who
from tests.rules_table import TABLES

OTHERS = 3  # of ROLES, those who keep nothing: visitor, member, author


@pytest.fixture(scope="module")
def strict() -> Flask:
    return create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "STAFF_SECOND_FACTOR": True})


@pytest.mark.parametrize("act", sorted(TABLES))
def test_an_act_of_staff_alone_says_so_and_needs_a_second_factor(strict, act):
    table = TABLES[act]
    only_staff = all(answer for state in table.states for answer in table.row(state)[:OTHERS])
    assert RULES[act].staff == only_staff, f"@rule(…, staff={only_staff}): say whether only staff may ever do {act}"
    for state in table.states:
        for role, answer in zip(ROLES, table.row(state), strict=True):
            reader = who(role)
            with strict.test_request_context():
                without = refusal(act, reader, table.subject(state)) or ""
                reader.has_factor = True
                assert (refusal(act, reader, table.subject(state)) or "") == answer
            needed = only_staff and not answer
            assert without.startswith("Whoever keeps this place") if needed else without == answer, (role, state)

"""The pause of an exchange, as a function of what happened in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.brake.heat import FEW, LATEST, MINUTES, heat, pause, share

pytestmark = pytest.mark.one_database
ANSWERS, CASES, SHARES = st.integers(0, 500), st.integers(0, 50), st.floats(0, 1)
AUTHORS = st.lists(st.integers(1, 6), max_size=30)


@given(ANSWERS, CASES, SHARES, st.integers(0, 20), st.integers(0, 5), SHARES)
def test_more_of_anything_never_makes_the_pause_shorter(answers, cases, of_two, more, further, nearer):
    least = pause(answers, cases, of_two)
    assert pause(answers + more, cases, of_two) >= least
    assert pause(answers, cases + further, of_two) >= least
    assert pause(answers, cases, max(of_two, nearer)) >= least


@given(ANSWERS, CASES, SHARES)
def test_a_pause_is_one_of_five(answers, cases, of_two):
    assert pause(answers, cases, of_two) in MINUTES
    assert 0 <= heat(answers, cases, of_two) <= answers * 6


@given(st.integers(0, 1), CASES, SHARES)
def test_without_speed_there_is_no_heat_whoever_speaks_and_whatever_is_flagged(answers, cases, of_two):
    assert pause(answers, cases, of_two) == 0


@given(AUTHORS)
def test_a_share_is_between_none_and_all_and_does_not_ask_who(authors):
    found = share(authors)
    assert 0 <= found <= 1
    assert found == share([author + 100 for author in authors])
    assert found == share(authors[:LATEST]), "what was long ago does not count"
    assert len(authors) >= FEW or found == 0
    assert len(set(authors[:LATEST])) > 2 or found in {0, 1}


def test_the_steps_are_those_that_the_help_tells_of():
    two = {answers: pause(answers, 0, 1.0) for answers in (5, 6, 9, 15, 30, 200)}
    assert two == {5: 0, 6: 2, 9: 5, 15: 15, 30: 60, 200: 60}
    many = {answers: pause(answers, 0, 0.4) for answers in (11, 12, 18, 30, 60)}
    assert many == {11: 0, 12: 2, 18: 5, 30: 15, 60: 60}
    assert [pause(6, cases, 1.0) for cases in range(6)] == [2, 5, 5, 15, 15, 15]

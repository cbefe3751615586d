"""Here, listening: one button, known to nobody else, told in a word once a week."""

import pytest
from sqlalchemy import select

from forum.core import background
from forum.core.db import session
from forum.listening import actions, queries
from forum.listening.models import Listener
from forum.listening.weeks import word
from forum.practices import actions as practices
from tests import make

BUTTON, HERE = "I am here, listening</button>", "You are here until"
SOME, MANY = "Some people are here without speaking.", "Many people are here without speaking."
OFF, ON = {("listening", 0): False}, {("listening", 0): True}


def look(client, thread):
    return client.get(f"/threads/{thread.id}-{thread.slug}").text


def listening():
    return session().scalars(select(Listener)).all()


def test_a_member_is_here_and_takes_it_back_and_nobody_else_sees_it(cast, thread, browser_of, visitor):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    before = look(visitor, thread)
    for _twice in (1, 2):
        sent = ada.post(f"/listening/{thread.id}")
        assert (sent.status_code, sent.location) == (303, f"/threads/{thread.id}-{thread.slug}#listening")
    assert len(listening()) == 1
    assert HERE in look(ada, thread)
    assert BUTTON not in look(ada, thread)
    assert BUTTON in look(bruno, thread)
    assert look(visitor, thread) == before
    bruno.post(f"/listening/{thread.id}/delete")
    assert HERE in look(ada, thread)
    ada.post(f"/listening/{thread.id}/delete")
    assert BUTTON in look(ada, thread)
    assert listening() == []


@pytest.mark.one_database
def test_only_the_foot_of_an_essay_that_one_sees_has_it(cast, browser_of, visitor):
    ada, other = browser_of(cast.ada), make.thread(cast.bruno)
    assert ada.post(f"/listening/{other.id}").status_code == 403
    assert ada.post("/listening/4711").status_code == 404
    assert visitor.post("/listening/1").status_code in {302, 303, 401}
    assert listening() == []


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("count", "said"),
    [(1, ""), (2, ""), (4, ""), (5, "some"), (24, "some"), (25, "many"), (50, "many"), (5000, "many")],
)
def test_how_many_listen_is_a_word_and_below_five_nothing(count, said):
    assert word(count) == said


def test_who_presses_within_a_week_cannot_be_seen_in_the_word(cast, thread, visitor, later):
    actions.listen(thread, by=cast.ada)
    background.work(visitor.application)
    for each in (cast.bruno, cast.carla, cast.dario, cast.elena):
        actions.listen(thread, by=each)
    background.work(visitor.application)
    assert SOME not in look(visitor, thread)
    later(days=7)
    background.work(visitor.application)
    assert SOME in look(visitor, thread)
    actions.leave(thread.id, by=cast.ada)
    background.work(visitor.application)
    assert SOME in look(visitor, thread)
    later(days=14)
    background.work(visitor.application)
    assert SOME not in look(visitor, thread)


def test_off_hides_it_and_on_again_loses_nothing(cast, thread, browser_of):
    ada = browser_of(cast.ada)
    ada.post(f"/listening/{thread.id}")
    practices.switch(OFF, by=cast.dario)
    assert HERE not in look(ada, thread)
    assert ada.post(f"/listening/{thread.id}").status_code == 403
    practices.switch(ON, by=cast.dario)
    assert HERE in look(ada, thread)


def test_after_thirty_days_it_ends_and_is_removed(cast, thread, later):
    actions.listen(thread, by=cast.ada)
    later(days=30)
    assert queries.count(thread.id) == 1
    later(days=31)
    assert queries.count(thread.id) == 0
    later(days=38)
    list(actions.tell())
    assert listening() == []

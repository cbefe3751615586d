"""Switches: for the whole forum and for each essay, by admins, each change in the public log."""

import pytest
from sqlalchemy import select

from forum.core.db import session
from forum.core.log import LogEntry
from forum.practices import actions, queries
from forum.practices.models import Practice

KEY = "commitments"


def test_admins_switch_a_practice_in_the_forum_and_for_an_essay_and_the_log_says_so(cast, thread, browser_of, visitor):
    dario, essay = browser_of(cast.dario), thread.essay_id
    known = [f"{KEY}-0", f"{KEY}-{essay}"]
    assert queries.still_on(KEY, [essay])
    dario.post("/practices", data={"known": known, f"{KEY}-0": "1"})
    on = [queries.still_on(KEY), queries.still_on(KEY, [essay]), queries.still_on(KEY, [essay, essay + 1])]
    assert on == [True, False, True]
    dario.post("/practices", data={"known": known})
    assert not queries.still_on(KEY)
    page = dario.get("/practices").text
    assert [f'name="{box}" value="1" checked' in page for box in known] == [False, False]
    for _again in (1, 2):
        dario.post("/practices", data={"known": known, **dict.fromkeys(known, "1")})
    assert queries.still_on(KEY, [essay])
    told = [(one.act, one.detail, one.essay_id) for one in session().scalars(select(LogEntry).order_by(LogEntry.id))]
    assert told == [
        ("switch_practice", f"off {KEY}", essay),
        ("switch_practice", f"off {KEY}", None),
        ("switch_practice", f"on {KEY}", None),
        ("switch_practice", f"on {KEY}", essay),
    ]
    log = visitor.get("/moderation/log").text
    assert "switched off a practice: One thing, elsewhere (On Bridges)" in log


@pytest.mark.one_database
def test_a_form_that_knew_less_switches_nothing_else(cast, thread, browser_of):
    actions.switch({(KEY, thread.essay_id): False}, by=cast.dario)
    browser_of(cast.dario).post("/practices", data={"known": [f"{KEY}-0"], f"{KEY}-0": "1"})
    assert [(one.essay_id, one.on) for one in session().scalars(select(Practice))] == [(thread.essay_id, False)]


@pytest.mark.one_database
def test_nobody_else_finds_the_switches(cast, browser_of, visitor):
    assert browser_of(cast.carla).get("/practices").status_code == 403
    assert browser_of(cast.carla).post("/practices", data={"known": [f"{KEY}-0"]}).status_code == 403
    assert "/practices" not in browser_of(cast.carla).get("/settings").text
    assert visitor.get("/practices").status_code == 303


@pytest.mark.one_database
def test_what_is_on_is_kept_in_memory_until_something_changes(app, cast, statements):
    with app.test_request_context():
        queries.on(KEY)
        with statements() as found:
            queries.on(KEY)
            queries.on(KEY, [1])
        assert found == []

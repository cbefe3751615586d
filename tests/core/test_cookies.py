"""The signed cookie: checked once a minute, and never shared between requests."""

import pytest
from flask import session

from forum.core import cookies

pytestmark = pytest.mark.one_database


@pytest.fixture
def cookie(app):
    """Return the header of a cookie that holds something which a request might change."""
    signed = app.session_interface.get_signing_serializer(app).dumps({"_flashes": [["message", "Saved."]]})
    return {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={signed}"}


def test_what_one_request_changes_in_it_is_not_there_for_the_next(app, cookie):
    for _request in range(2):
        with app.test_request_context("/", headers=cookie):
            assert session["_flashes"] == [["message", "Saved."]]
            session["_flashes"].append(["message", "Not yours."])


def test_one_that_was_changed_on_the_way_holds_nothing(app, cookie):
    name, _, value = cookie["Cookie"].partition("=")
    forged = {"Cookie": f"{name}={value.swapcase()}"}
    for headers in (cookie, forged, {}):
        with app.test_request_context("/", headers=headers):
            assert bool(session) == (headers is cookie)


def test_one_that_is_too_old_holds_nothing_a_minute_later(app, cookie, monkeypatch):
    later = app.permanent_session_lifetime.total_seconds() + 61
    moment = cookies.time.time()
    for passed, holds in ((0, True), (later, False)):
        monkeypatch.setattr("time.time", lambda passed=passed: moment + passed)
        with app.test_request_context("/", headers=cookie):
            assert bool(session) == holds

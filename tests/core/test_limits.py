from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum import create_app
from forum.core import clock, limits
from forum.core.db import db, session, transaction
from forum.core.limits import LIMITS, Attempt, TooOften
from tests import gate
from tests.cast import CHEAP, PASSWORD
from tests.together import at_once

WRONG = "a wrong guess"
MOST = LIMITS["login-account"].most


@pytest.fixture
def at(monkeypatch):
    """Return a function that moves the clock on."""
    now = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def move(**time):
        now[0] += timedelta(**time)

    return move


def count(act="reply", key="7", times=1):
    for _ in range(times):
        with transaction(public=False):
            limits.count(act, key)


def tries(app, login="ada", times=MOST, address="192.0.2.7", password=WRONG):
    """Return the statuses of so many attempts to log in, each from a new browser."""
    where = {"REMOTE_ADDR": address}
    sent = {"login": login, "password": password}
    return [app.test_client().post("/login", data=sent, environ_base=where).status_code for _ in range(times)]


def test_up_to_its_limit_one_may_and_then_not_for_a_while(app, at):
    most, within = LIMITS["reply"].most, LIMITS["reply"].within
    count(times=most - 1)
    limits.check("reply", "7")
    at(minutes=4)
    count()
    with pytest.raises(TooOften) as often:
        limits.check("reply", "7")
    assert often.value.wait == (within - timedelta(minutes=4)).total_seconds()
    at(seconds=often.value.wait)
    limits.check("reply", "7")


def test_each_act_and_each_key_is_counted_by_itself(app, at):
    count("thread", "7", LIMITS["thread"].most)
    limits.check("thread", "8")
    limits.check("reply", "7")
    with pytest.raises(TooOften):
        limits.check("thread", "7")


def test_what_was_noted_is_gone_within_seven_days(app, at):
    count(times=3)
    at(days=5, hours=23)
    assert limits.expire(clock.now() - limits.KEEP) == 0
    at(hours=2)
    assert limits.expire(clock.now() - limits.KEEP) == 3
    assert session().scalars(select(Attempt.act)).all() == []


def test_a_clock_that_jumped_keeps_nobody_out_for_long(app, at):
    count("thread", "7", LIMITS["thread"].most)
    at(minutes=-10)
    with pytest.raises(TooOften) as often:
        limits.check("thread", "7")
    assert often.value.wait == 70 * 60
    at(days=-365)
    limits.check("thread", "7")
    at(days=2 * 365)
    limits.check("thread", "7")


def test_every_limit_says_when_to_go_on_in_whole_minutes(app):
    with app.test_request_context():
        assert [TooOften(wait).sentence.split("on ")[1] for wait in (1, 60, 61, 900)] == [
            "in 1 minute.",
            "in 1 minute.",
            "in 2 minutes.",
            "in 15 minutes.",
        ]


def test_a_password_can_be_guessed_at_only_so_often(app, cast, at):
    assert set(tries(app)) == {422}
    answer = app.test_client().post("/login", data={"login": "ada", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "That was often within a short time. You can go on in 15 minutes." in answer.text
    at(minutes=15, seconds=1)
    assert tries(app, times=1, password=PASSWORD) == [303]


@pytest.mark.parametrize(
    "spelt",
    [
        ["ada", "Ada", "A.D.A", "a-d-a", "a_d_a", " ada", "\u0430da", "\u00e1da", "4da", "ad4", "ADA"],
        ["ada@example.org", "Ada@Example.org"],
    ],
)
def test_a_name_that_is_spelt_another_way_gets_no_more_tries(app, cast, spelt):
    statuses = [status for number in range(MOST + 3) for status in tries(app, spelt[number % len(spelt)], 1)]
    assert statuses == [422] * MOST + [429] * 3


def test_an_account_that_is_guessed_at_keeps_nobody_else_out(app, cast):
    tries(app)
    assert tries(app, "bruno", 1, password=PASSWORD) == [303]


def test_a_name_that_nobody_has_is_limited_alike(app, cast):
    assert tries(app, "nobody", MOST + 1) == [422] * MOST + [429]


def test_whoever_gets_in_begins_anew(app, cast):
    tries(app, times=MOST - 1)
    assert tries(app, times=1, password=PASSWORD) == [303]
    assert tries(app, times=MOST) == [422] * MOST


def test_from_one_network_only_so_many_names_can_be_tried(app, cast):
    most = LIMITS["login-address"].most
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        network = limits.network()
    count("login-address", network, most - 1)
    assert tries(app, "eve", 1, "192.0.2.250") == [422]
    assert tries(app, "bruno", 1, "192.0.2.9", PASSWORD) == [429]
    assert tries(app, "bruno", 1, "198.51.100.1", PASSWORD) == [303]


def test_no_header_makes_another_network(app, cast):
    for number in range(MOST):
        spoofed = {"X-Forwarded-For": f"10.0.{number}.1"}
        app.test_client().post("/login", data={"login": "ada", "password": "x"}, headers=spoofed)
    spoofed = {"X-Forwarded-For": "10.9.9.9"}
    assert app.test_client().post("/login", data={"login": "ada", "password": "x"}, headers=spoofed).status_code == 429


def test_the_address_that_a_trusted_proxy_names_is_believed(app, cast, database):
    settings = {"SQLALCHEMY_DATABASE_URI": database, "PASSWORD_COST": CHEAP, "WTF_CSRF_ENABLED": False}
    behind = create_app({**settings, "TRUSTED_PROXIES": 1, "SQLITE_SYNCHRONOUS": "OFF"})
    behind.test_client_class = app.test_client_class
    for forwarded in ("198.51.100.1", "10.0.0.1, 198.51.100.1", "203.0.113.9"):
        named = {"X-Forwarded-For": forwarded}
        behind.test_client().post("/login", data={"login": "x", "password": "x"}, headers=named)
    with behind.app_context():
        db.engine.dispose()
    session().rollback()
    networks = select(Attempt.key).where(Attempt.act == "login-address").distinct()
    assert len(session().scalars(networks).all()) == 2, (
        "the last one is the proxy's word, what stands before it is anyone's"
    )


def test_a_new_process_knows_what_the_last_one_counted(app, cast, database):
    tries(app)
    settings = {"SQLALCHEMY_DATABASE_URI": database, "PASSWORD_COST": CHEAP, "WTF_CSRF_ENABLED": False}
    again = create_app({**settings, "SQLITE_SYNCHRONOUS": "OFF"})
    again.test_client_class = app.test_client_class
    assert tries(again, times=1, password=PASSWORD) == [429]
    with again.app_context():
        db.engine.dispose()


def test_many_at_once_get_no_more_tries_than_one(app, cast):
    statuses = []
    for _ in range(2):
        found = at_once(app, *(lambda: tries(app, times=1)[0] for _ in range(8)))
        statuses += found
    assert sorted(statuses) == [422] * MOST + [429] * 6
    assert session().scalar(select(func.count()).where(Attempt.act == "login-account")) == MOST


def test_only_so_many_register_from_one_network(app):
    most = LIMITS["register"].most
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        network = limits.network()
    count("register", network, most)
    guest = {"name": "fiamma", "email": "f@example.org", "password": PASSWORD}
    answer = app.test_client().post("/register", data=guest | gate.fields())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "That was often within a short time." in answer.text
    assert 'value="fiamma"' in answer.text

import re

import pytest
from sqlalchemy import select

from forum.accounts import passwords, queries
from forum.accounts.actions import entering, registering
from forum.accounts.models import LoginSession, Member
from forum.core import clock
from forum.core.config import configuration
from forum.core.db import session
from forum.core.limits import LIMITS, Attempt, TooOften
from forum.core.rules import Refused
from tests import gate
from tests.cast import CHEAP, PASSWORD
from tests.together import at_once

SIX = ["Fiamma", "fiamma", "FIAMMA", "fi.amma", "F\u0456amma", "fiarnma"]


@pytest.fixture(autouse=True)
def asked(app):
    """Stand in a request: registering asks from which network it comes."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        yield


def register(name="fiamma", email="fiamma@example.org", password=PASSWORD, **more) -> Member:
    given = {"who": None, "proven": gate.proven(), **more}
    return registering.register(name=name, email=email, password=password, locale="", **given)


def test_whoever_registers_is_a_plain_member(app):
    made = register()
    assert (made.name, made.email, made.role, made.locale, made.about) == (
        "fiamma",
        "fiamma@example.org",
        "member",
        "",
        "",
    )
    assert made.created_at <= clock.now()


def test_two_equal_passwords_are_stored_unlike(app):
    one, other = register(), register("gino", "gino@example.org")
    assert one.password_hash != other.password_hash
    assert PASSWORD not in one.password_hash + other.password_hash


def test_passwords_are_stored_as_argon2id_at_the_cost_that_owasp_asks_for(app):
    cost = configuration()["PASSWORD_COST"]
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", passwords.hashed(PASSWORD, cost))
    assert found
    memory, rounds, _lanes = map(int, found.groups())
    assert memory >= 19 * 1024
    assert rounds >= 2


@pytest.mark.one_database
@pytest.mark.parametrize(
    "password",
    ["eight ch", "x1!" * 85, "p\xe4ssw\xf6rt \u2602 \U0001d54a\U0001d556", " spaces at both ends ", "\0 a null inside"],
)
def test_any_long_enough_password_is_taken_as_it_is(app, password):
    assert passwords.fault(password, "fiamma", "fiamma@example.org") is None
    register(password=password)
    login = {"login": "fiamma", "remember": False, "device": ""}
    assert entering.log_in(password=password, **login)
    for other in (password[:-1], password + " ", password.swapcase(), password.strip()):
        if other != password:
            with pytest.raises(Refused):
                entering.log_in(password=other, **login)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "at least 8"),
        ("seven c", "at least 8"),
        ("x1" * 129, "at most 256"),
        ("password123", "among the first"),
        ("PassWord123", "among the first"),
        ("aAaAaAaAaAaA", "among the first"),
        ("fiammetta", "not your name"),
        ("Fiammetta@Example.org", "not your name"),
        ("f.bianchi", "not your name"),
    ],
)
def test_a_password_that_anyone_would_try_is_refused(app, password, said):
    faults = [
        passwords.fault(password, "fiammetta", email) for email in ("fiammetta@example.org", "f.bianchi@example.org")
    ]
    assert any(said in fault for fault in faults if fault)


def test_a_password_longer_than_any_is_never_hashed(app, monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", None)
    assert not passwords.matches("x" * 1_000_000, None, CHEAP)


def test_a_stored_password_that_is_none_lets_nobody_in(app):
    assert not passwords.matches("nobody has this password", None, CHEAP)
    assert not passwords.matches("", "", CHEAP)
    assert not passwords.matches("*", "*", CHEAP)


@pytest.mark.parametrize("name", SIX[1:])
def test_no_two_names_look_alike(app, name):
    register(SIX[0])
    with pytest.raises(Refused, match="This name, or one that looks like it, is taken"):
        register(name, "other@example.org")
    assert len(session().scalars(select(Member)).all()) == 1


def test_of_six_who_want_one_name_at_once_one_gets_it(app):
    results = at_once(app, *(lambda name=name: register(name).id for name in SIX))
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 5
    assert len(session().scalars(select(Member)).all()) == 1


def test_an_address_may_be_used_again_and_nobody_is_told(app):
    first, second = register(), register("gino", password="another brass lamp")
    assert (first.email, second.email) == ("fiamma@example.org", "fiamma@example.org")
    login = {"login": "Fiamma@Example.ORG", "remember": False, "device": ""}
    assert entering.log_in(password=PASSWORD, **login).id == first.id
    assert entering.log_in(password="another brass lamp", **login).id == second.id


def test_no_more_register_from_one_network_than_the_limit_says(app):
    for number in range(LIMITS["register"].most):
        register(f"guest-no-{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}")
    with pytest.raises(TooOften):
        register()
    assert queries.named("fiamma") is None


def test_nobody_slips_past_the_limit_by_coming_with_others(app):
    most = LIMITS["register"].most
    network = registering.limits.network()
    session().add_all(Attempt(act="register", key=network, at=clock.now()) for _ in range(most - 1))
    session().commit()

    def come(name):
        with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
            return register(name).id

    results = at_once(app, *(lambda name=name: come(name) for name in ("anna", "berta", "clio", "dora")))
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, TooOften) for result in results) == 3


@pytest.mark.parametrize("way", ["closed", "invite"])
def test_where_registration_is_not_open_nobody_registers_without_a_link(app, monkeypatch, way):
    monkeypatch.setitem(app.config, "REGISTRATION", way)
    with pytest.raises(Refused):
        register()
    with pytest.raises(Refused):
        register(token="made up")
    assert session().scalars(select(Member)).all() == []


def test_registering_stores_no_address_of_the_network_and_no_session(app):
    register()
    stored = [(attempt.act, attempt.key) for attempt in session().scalars(select(Attempt))]
    assert [act for act, _key in stored] == ["register", "register-form"]
    assert "192.0.2" not in repr(stored)
    assert session().scalars(select(LoginSession)).all() == []

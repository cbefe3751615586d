from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.actions import entering, tickets
from forum.accounts.models import LoginSession, Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.limits import TooOften
from forum.core.rules import Refused
from tests.cast import PASSWORD, SECRET, person
from tests.together import at_once

NEW = "a tall wooden ladder"


@pytest.fixture(autouse=True)
def asked(app):
    """Stand in a request: logging in asks from which network it comes."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        yield


def log_in(login="ada", password=PASSWORD, *, remember=False) -> Member:
    return entering.log_in(login=login, password=password, remember=remember, device="Firefox, Linux")


def sessions(member: Member) -> list[LoginSession]:
    return list(session().scalars(select(LoginSession).where(LoginSession.member_id == member.id)))


def later(monkeypatch, **time):
    at = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.mark.parametrize("login", ["ada", "Ada", "A.D.A", " ada ", "\u0430da", "ada@example.org", "ADA@Example.org "])
def test_one_enters_by_name_or_address_however_it_is_spelt(cast, login):
    assert log_in(login).id == cast.ada.id


@pytest.mark.parametrize("login", ["bruno", "nobody", "nobody@example.org", "@", "", "%", "' OR 1=1 --"])
def test_a_wrong_password_and_an_unknown_name_get_one_answer(cast, login):
    cast.bruno.password_hash = "unusable"
    session().commit()
    with pytest.raises(Refused) as refused:
        log_in(login)
    assert refused.value.sentence == "Name or password is not right."
    assert session().scalars(select(LoginSession)).all() == []


def test_an_unknown_name_costs_a_look_at_a_password_too(cast, monkeypatch):
    looked = []
    monkeypatch.setattr(
        entering.passwords, "matches", lambda password, stored, _cost: looked.append((password, stored)) or False
    )
    for login in ("ada", "nobody", "nobody@example.org"):
        with pytest.raises(Refused):
            log_in(login)
    assert looked == [(PASSWORD, SECRET), (PASSWORD, None), (PASSWORD, None)]


def test_a_session_is_known_by_its_token_which_is_not_stored(cast):
    token = log_in().token
    stored = sessions(cast.ada)[0]
    assert len(token) >= 32
    assert token not in repr(vars(stored))
    assert stored.token_hash == queries.digest(token)
    assert queries.of_session(token).id == cast.ada.id
    assert queries.of_session(stored.token_hash) is None


def test_each_time_one_enters_the_session_is_a_new_one(cast):
    assert log_in().token != log_in().token
    assert len(sessions(cast.ada)) == 2


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\0", "a" * 10_000])
def test_a_made_up_token_is_nobody(cast, token):
    log_in()
    assert queries.of_session(token) is None


@pytest.mark.parametrize(("remember", "days"), [(False, 7), (True, 60)])
def test_a_session_ends_by_itself(cast, monkeypatch, remember, days):
    token = log_in(remember=remember).token
    later(monkeypatch, days=days, minutes=-1)
    assert queries.of_session(token)
    later(monkeypatch, minutes=2)
    assert queries.of_session(token) is None
    assert queries.sessions_of(cast.ada) == []


def test_the_cookie_lives_as_long_as_the_longest_session(app):
    assert app.permanent_session_lifetime >= entering.LONG_STAY


def test_sessions_that_are_over_are_swept_away(cast, monkeypatch):
    log_in()
    later(monkeypatch, days=8)
    log_in("bruno")
    assert entering.expire() == 1
    assert sessions(cast.ada) == []


def test_to_log_out_ends_this_session_and_no_other(cast):
    here, elsewhere = log_in().token, log_in().token
    entering.log_out(here)
    assert queries.of_session(here) is None
    assert queries.of_session(elsewhere).id == cast.ada.id


def test_one_ends_only_sessions_of_ones_own(cast):
    log_in()
    theirs = sessions(cast.ada)[0]
    entering.end_session(cast.bruno, theirs.id)
    assert len(sessions(cast.ada)) == 1
    entering.end_session(cast.ada, theirs.id)
    assert sessions(cast.ada) == []


def test_a_new_password_ends_every_other_session(cast):
    elsewhere, member = log_in().token, log_in()
    here = member.token
    entering.change_password(member, current=PASSWORD, new=NEW)
    assert queries.of_session(here).id == cast.ada.id
    assert queries.of_session(elsewhere) is None
    with pytest.raises(Refused):
        log_in()
    assert log_in(password=NEW)


def test_a_new_password_needs_the_current_one(cast):
    member = log_in()
    with pytest.raises(Refused, match="Your password is not right"):
        entering.change_password(member, current="a small brass lamq", new=NEW)
    assert log_in()


def test_the_current_password_cannot_be_guessed_from_an_open_session(cast):
    member = log_in()
    for _ in range(10):
        with pytest.raises(Refused):
            entering.change_password(member, current="wrong", new=NEW)
    with pytest.raises(TooOften):
        entering.change_password(member, current=PASSWORD, new=NEW)


def test_of_two_changes_from_one_password_at_once_one_holds(app, cast):
    ada = cast.ada.id

    def change(new):
        entering.change_password(session().get_one(Member, ada), current=PASSWORD, new=new)

    results = at_once(app, lambda: change(NEW), lambda: change("a long iron chain"))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert results.count(None) == 1


def test_nobody_enters_by_a_password_that_was_changed_while_it_was_looked_at(cast, monkeypatch):
    looked = entering.passwords.matches

    def changed_meanwhile(password, stored, cost):
        answer = looked(password, stored, cost)
        with transaction(public=False):
            session().get_one(Member, cast.ada.id).password_hash = "changed"
        return answer

    monkeypatch.setattr(entering.passwords, "matches", changed_meanwhile)
    with pytest.raises(Refused):
        log_in()
    assert sessions(cast.ada) == []


def test_of_accounts_with_one_address_the_password_tells_which_is_meant(cast):
    second = person("dora")
    second.email_key, second.password_hash = (
        "ada@example.org",
        entering.passwords.hashed(NEW, cost={"time_cost": 1, "memory_cost": 8, "parallelism": 1}),
    )
    session().commit()
    assert log_in("ada@example.org").id == cast.ada.id
    assert log_in("ada@example.org", NEW).id == second.id


def test_a_link_sets_a_new_password_and_ends_every_session(cast):
    held = log_in().token
    entering.reset_password(tickets.reset_ticket(cast.ada), NEW)
    assert queries.of_session(held) is None
    with pytest.raises(Refused):
        log_in()
    assert log_in(password=NEW)


def test_someone_who_is_made_admin_or_less_is_so_at_the_next_look(cast):
    token = log_in().token
    for role in ("admin", "member"):
        with transaction():
            session().get_one(Member, cast.ada.id).role = role
        assert queries.of_session(token).administers == (role == "admin")


def test_someone_who_is_gone_is_gone_from_their_browser(cast):
    token = log_in().token
    session().delete(session().get_one(Member, cast.ada.id))
    session().commit()
    assert queries.of_session(token) is None
    assert session().scalars(select(LoginSession)).all() == []

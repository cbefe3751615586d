"""A second factor: what opens, once, and what does not."""

import pytest
from sqlalchemy import select

from forum.accounts import codes, queries
from forum.accounts.actions import entering, factors, proving, tickets
from forum.accounts.models import Entrance, Factor, LoginSession, Member, RecoveryCode
from forum.core.db import session, transaction
from forum.core.limits import LIMITS, TooOften
from forum.core.rules import Refused
from tests.accounts.second_factor import App, set_up
from tests.cast import PASSWORD
from tests.together import at_once

MOST = LIMITS["factor"].most


@pytest.fixture(autouse=True)
def asked(app, later):
    """Stand in a request, at a moment that does not pass."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        yield


@pytest.fixture
def phone(cast) -> App:
    return set_up(cast.ada)[0]


def halfway() -> str:
    """Make ada's first step, and return its token."""
    half = entering.log_in(login="ada", password=PASSWORD, remember=True, device="Firefox")
    assert isinstance(half, entering.Halfway)
    return half.token


def finish(code: str, token: str = "") -> Member:
    return entering.finish(token or halfway(), code, device="Firefox")[0]


def refused(code: str) -> bool:
    try:
        finish(code)
    except Refused:
        return True
    return False


def test_the_password_alone_opens_nothing_and_a_code_opens_a_session_as_long_as_was_asked(cast, phone):
    token = halfway()
    assert session().scalars(select(LoginSession)).all() == []
    member, remember = entering.finish(token, phone.code(), device="Firefox")
    assert (member.id, remember) == (cast.ada.id, True)
    assert queries.of_session(member.token).confirmed
    assert session().scalars(select(Entrance)).all() == []
    with pytest.raises(Refused, match="more than five minutes ago"):
        finish(phone.code(1), token)


def test_a_code_is_good_once_from_half_a_minute_before_to_half_a_minute_after(cast, phone, later):
    later(minutes=2)
    assert [refused(phone.code(steps)) for steps in (-2, 2, -1, -1, 0, -1, 0, 1, 1)] == [
        True,
        True,
        False,
        True,
        False,
        True,
        True,
        False,
        True,
    ]
    later(minutes=3)
    assert not refused(f" {phone.code()[:3]} {phone.code()[3:]}")


@pytest.mark.parametrize("code", ["", "000000000000", "12345\u0666", "x" * 40, "\u0665" * 6, "-----", "%", "0"])
def test_what_is_no_code_opens_nothing(cast, phone, code):
    assert refused(code)


def test_of_two_who_use_one_code_at_once_one_gets_in(app, cast, phone):
    first, second, code = halfway(), halfway(), phone.code()
    results = at_once(app, lambda: finish(code, first), lambda: finish(code, second))
    assert sorted(type(result).__name__ for result in results) == ["Member", "Refused"]


def test_of_two_who_use_one_recovery_code_at_once_one_gets_in_and_it_is_used_up(app, cast):
    _phone, spare = set_up(cast.ada)
    assert len(set(spare)) == codes.RECOVERY
    first, second = halfway(), halfway()
    typed = spare[3].upper().replace("-", " ")
    results = at_once(app, lambda: finish(spare[3], first), lambda: finish(typed, second))
    assert sorted(type(result).__name__ for result in results) == ["Member", "Refused"]
    assert queries.recovery_codes_left(cast.ada) == codes.RECOVERY - 1
    assert refused(spare[3])
    renewed = factors.renew_codes(by=cast.ada)
    assert refused(spare[4])
    assert not refused(renewed[4])


def test_one_first_step_leads_to_one_session(app, cast):
    phone, spare = set_up(cast.ada)
    token, code = halfway(), phone.code()
    results = at_once(app, lambda: finish(code, token), lambda: finish(spare[0], token))
    assert sorted(type(result).__name__ for result in results) == ["Member", "Refused"]
    assert len(session().scalars(select(LoginSession)).all()) == 1


def test_guesses_at_once_are_no_more_than_one_after_another_and_a_day_has_few(app, cast, phone, later):
    tokens = [halfway() for _ in range(MOST + 3)]
    results = at_once(app, *(lambda token=token: finish("123", token) for token in tokens))
    assert sorted(type(result).__name__ for result in results) == ["Refused"] * MOST + ["TooOften"] * 3
    with pytest.raises(TooOften):
        finish(phone.code())
    for hour in (1, 2, 3):
        later(hours=hour)
        assert [refused("123") for _ in range(MOST)] == [True] * MOST
    later(hours=4)
    with pytest.raises(TooOften):
        finish(phone.code())
    later(hours=25)
    assert not refused(phone.code())
    assert [refused("123") for _ in range(MOST)] == [True] * MOST, "whoever gets in begins to count anew"


def test_a_first_step_ends_by_itself_and_by_a_new_password(cast, phone, later):
    token = halfway()
    later(minutes=5, seconds=1)
    with pytest.raises(Refused, match="more than five minutes ago"):
        finish(phone.code(), token)
    assert entering.expire() == 1
    token = halfway()
    entering.reset_password(tickets.reset_ticket(cast.ada), "a tall wooden ladder")
    with pytest.raises(Refused, match="more than five minutes ago"):
        finish(phone.code(), token)


def test_what_stands_in_the_database_opens_nothing(app, cast, phone, monkeypatch):
    spare = factors.renew_codes(by=cast.ada)
    own = queries.factor(cast.ada)
    digests = session().scalars(select(RecoveryCode.digest)).all()
    stored = repr([vars(own), digests])
    assert phone.totp.secret not in stored
    assert not [code for code in spare if codes.plain(code) in stored]
    with transaction(public=False):
        session().add(Factor(member_id=cast.bruno.id, secret=own.secret, begun_at=own.begun_at, since=own.since))
        cast.bruno.has_factor = True
    for member, code in ((cast.bruno, phone.code()), (cast.ada, digests[0])):
        with pytest.raises(Refused), transaction(public=False):
            proving.use_code(member, code)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key than the one that it was sealed with")
    assert refused(phone.code())
    assert refused(spare[0])


def test_nothing_is_asked_for_before_a_first_code_was_right_and_each_beginning_has_a_secret_of_its_own(cast, phone):
    member = entering.log_in(login="bruno", password=PASSWORD, remember=False, device="")
    elsewhere = entering.log_in(login="bruno", password=PASSWORD, remember=False, device="").token
    secrets = []
    for _ in range(2):
        factors.begin(by=member)
        secrets.append(factors.secret_of(queries.factor(member)))
    old, new = map(App, secrets)
    with pytest.raises(Refused, match="This code is not right"):
        factors.turn_on(old.code(), by=member)
    assert isinstance(entering.log_in(login="bruno", password=PASSWORD, remember=False, device=""), Member)
    factors.turn_on(new.code(), by=member)
    assert factors.secret_of(queries.factor(member)) is None
    assert queries.of_session(member.token)
    assert queries.of_session(elsewhere) is None
    for act in (lambda: factors.begin(by=member), lambda: factors.turn_on(new.code(1), by=member)):
        with pytest.raises(Refused, match="You have a second factor already"):
            act()
    factors.turn_off(by=member)
    assert isinstance(entering.log_in(login="bruno", password=PASSWORD, remember=False, device=""), Member)
    for act in (factors.turn_off, factors.renew_codes):
        with pytest.raises(Refused, match="You have no second factor"):
            act(by=member)


def test_to_show_that_it_is_still_them_someone_with_a_second_factor_gives_both(cast, phone, later):
    member = finish(phone.code())
    later(minutes=11)
    assert not queries.of_session(member.token).confirmed
    for password, code in ((PASSWORD, ""), (PASSWORD, "123"), ("a wrong guess", phone.code())):
        with pytest.raises(Refused):
            proving.confirm(member, password, code)
    assert not queries.of_session(member.token).confirmed
    proving.confirm(member, PASSWORD, phone.code())
    assert queries.of_session(member.token).confirmed
    with pytest.raises(Refused):
        proving.confirm(member, PASSWORD, phone.code())

"""Programs and people at the form of registration."""

from html import unescape

import pytest
from sqlalchemy import func, select

from forum.accounts import disposable, proof, queries
from forum.accounts.actions import admitting, registering, tickets
from forum.accounts.models import ADDRESS, BURST, EVERYONE, PROOF, Admission, Burst, Member
from forum.core import clock
from forum.core.db import session
from tests import gate
from tests.cast import PASSWORD
from tests.page_forms import forms
from tests.together import at_once

GUEST = {"name": "fiamma", "email": "fiamma@example.org", "password": PASSWORD}
AGAIN = {
    "fast": "That was faster than anyone can type.",
    "late": "This form lay open for more than a day, or comes from elsewhere.",
    "once": "This form was sent once already.",
    "trap": "This field is a trap for programs.",
}


def members() -> int:
    return session().scalar(select(func.count()).select_from(Member)) or 0


def causes() -> list[str]:
    return list(session().scalars(select(Admission.cause)))


def forged(key: str) -> str:
    """Return a stamp that someone signed who does not know our key."""
    return proof.stamp(key, clock.now())


BOTS = {
    "sends blindly": (dict, "late"),
    "makes a stamp up": (lambda: {"stamp": "1700000000.abc.def", "proof": "1.2.3"}, "late"),
    "signs a stamp itself": (lambda: {**gate.fields(), "stamp": forged("another key")}, "late"),
    "sends what is no text": (lambda: {"stamp": "\ud7ff\u0000.é", "proof": "é" * 900}, "late"),
    "is faster than people": (lambda: gate.fields(seconds=1), "fast"),
    "kept a form for later": (lambda: gate.fields(seconds=90_000), "late"),
    "has a form of tomorrow": (lambda: gate.fields(seconds=-90_000), "late"),
    "fills in every field": (lambda: {**gate.fields(), "website": "https://spam.example"}, "trap"),
}


@pytest.mark.one_database
@pytest.mark.parametrize("bot", BOTS)
def test_a_program_that_does_so_makes_no_account_and_a_person_in_its_place_sends_again(app, visitor, later, bot):
    fields, said = BOTS[bot][0](), AGAIN[BOTS[bot][1]]
    answer = visitor.post("/register", data=GUEST | fields)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert members() == 0
    later(minutes=1)
    (form,) = (form for form in forms(answer.text, "/register") if "name" in form.fields)
    kept = {name: form.fields[name] for name in ("name", "email", "website", "password", "proof")}
    assert kept == {**GUEST, "password": "", "website": "", "proof": ""}
    stamp = form.fields["stamp"]
    again = {**form.fields, "password": PASSWORD, "proof": gate.solution(stamp)}
    assert visitor.post("/register", data=again).location == "/"
    assert (members(), causes()) == (1, [])


def test_a_form_makes_one_account_whoever_sends_it_again(app):
    brought = gate.fields()
    assert app.test_client().post("/register", data=GUEST | brought).status_code == 303
    answer = app.test_client().post("/register", data={**GUEST, **brought, "name": "gino"})
    assert (answer.status_code, members()) == (422, 1)
    assert AGAIN["once"] in answer.text
    assert brought["stamp"] not in answer.text


def test_of_four_who_send_one_form_at_once_one_gets_in(app):
    brought = gate.fields()

    def come(name):
        return app.test_client().post("/register", data={**GUEST, **brought, "name": name}).status_code

    results = at_once(app, *(lambda name=name: come(name) for name in ("anna", "berta", "clio", "dora")))
    assert sorted(results) == [303, 422, 422, 422]
    assert members() == 1


@pytest.mark.one_database
def test_a_mistake_in_the_form_does_not_begin_its_time_anew(app, visitor):
    brought = gate.fields()
    page = visitor.post("/register", data={**GUEST, **brought, "password": "short"})
    assert brought["stamp"] in page.text
    assert visitor.post("/register", data=GUEST | brought).location == "/"


@pytest.mark.one_database
@pytest.mark.parametrize("wrong", ["", "1.2.3", "0.0.0.0.0.0.0.0", "x", "-1.-1.-1.-1.-1.-1.-1.-1", "٣.1.1.1.1.1.1.1"])
def test_whose_browser_does_not_do_the_sum_waits_for_a_moderator(app, visitor, wrong):
    answer = visitor.post("/register?next=/about", data={**GUEST, **gate.fields(), "proof": wrong})
    assert (answer.status_code, answer.location) == (303, "/register/outside")
    page = visitor.get(answer.location).text
    assert "Your account waits for a moderator" in page
    assert "It needs JavaScript for it." in page
    assert causes() == [PROOF]


@pytest.mark.one_database
def test_the_sum_of_one_form_does_not_do_for_another(app, visitor):
    answer = visitor.post("/register", data={**GUEST, "stamp": gate.stamped(), "proof": gate.proven().sum})
    assert answer.location == "/register/outside"


@pytest.mark.one_database
def test_whoever_is_invited_proves_nothing_and_waits_for_nobody(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "REGISTRATION", "approve")
    token = tickets.invite(None)
    assert 'data-behaviour="prove"' not in visitor.get(f"/register?invite={token}").text
    assert visitor.post("/register", data={**GUEST, "invite": token}).location == "/"
    assert causes() == []


@pytest.mark.one_database
def test_where_a_moderator_lets_everyone_in_everyone_waits(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "REGISTRATION", "approve")
    assert visitor.post("/register", data=GUEST | gate.fields()).location == "/register/outside"
    assert causes() == [EVERYONE]


@pytest.mark.one_database
def test_an_address_for_a_few_minutes_waits_and_is_not_refused(app, visitor):
    file = app.config["INSTANCE"] / disposable.NAME
    file.write_text("# Ours.\nWEGDAMIT.example # a comment\n")
    try:
        for number, domain in enumerate(("mailinator.com", "x.Yopmail.com", "wegdamit.example")):
            guest = {"name": f"guest{'abc'[number]}", "email": f"x@{domain}", "password": PASSWORD}
            assert app.test_client().post("/register", data=guest | gate.fields()).location == "/register/outside"
        for domain in ("example.org", "notmailinator.com", "mailinator.com.example"):
            assert not disposable.is_disposable(f"x@{domain}", app.config["INSTANCE"])
    finally:
        file.unlink()
    assert causes() == [ADDRESS] * 3


def test_when_many_come_within_an_hour_new_ones_wait_and_moderators_are_told(cast, browser_of, later):
    app, carla = browser_of(cast.carla).application, browser_of(cast.carla)

    def come(number):
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"192.0.{number}.7"}):
            name = f"guest-{'abcdefghijklmnopq'[number]}"
            return registering.register(
                name=name, email="f@example.org", password=PASSWORD, locale="", who=None, proven=gate.proven()
            ).outside

    before = admitting.FEWEST - members()
    waits = [bool(come(number)) for number in range(before + 2)]
    assert waits == [False] * (before - 1) + [True] * 3
    assert set(causes()) == {BURST}
    for path in ("/register/waiting", "/moderation/cases", "/waiting"):
        page = carla.get(path).text
        assert "Many accounts in a short time: 12 within an hour." in page, path
    assert "3 accounts wait to be let in" in carla.get("/waiting").text
    later(hours=5)
    assert come(14)
    later(hours=7)
    assert not come(15)
    assert len(session().scalars(select(Burst)).all()) == 1


@pytest.mark.one_database
def test_where_many_come_every_hour_as_many_more_are_no_burst(cast, later):
    for hours in range(1, 15 * 24):
        session().add_all(
            Member(name=n, name_key=n, email="", email_key="", password_hash="", created_at=clock.now())
            for n in (f"{hours}a", f"{hours}b", f"{hours}c", f"{hours}d")
        )
        if hours % 24 == 0:
            session().flush()
        later(hours=hours)
    session().add_all(
        Member(name=n, name_key=n, email="", email_key="", password_hash="", created_at=clock.now())
        for n in map(str, range(9))
    )
    session().flush()
    assert queries.usually_come() > 2
    assert not admitting._ring()

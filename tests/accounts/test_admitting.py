"""Whoever waits at the door reads everything, writes nothing, and is let in once."""

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.actions import admitting, roles
from forum.accounts.models import ADMITTED, PROOF, Admission, Member
from forum.core import holdings, log
from forum.core.db import session, transaction
from forum.core.log import LogEntry
from forum.core.rules import Refused
from tests import make
from tests.addresses import addresses, everything_stored, furnish
from tests.cast import person
from tests.together import at_once

OWN = ("/register", "/settings", "/log", "/rights", "/notices", "/members", "/reset", "/welcome")


@pytest.fixture
def gino(cast):
    with transaction():
        made = person("gino")
        admitting.hold(made, PROOF)
    return queries.named("gino")


def test_who_waits_reads_everything_and_writes_nothing(app, cast, gino, browser_of):
    outside, parts = browser_of(gino), furnish(cast, guest=gino)
    page = outside.get(f"/threads/{parts['thread_id']}", follow_redirects=True).text
    assert "Your account waits for a moderator. Until then you can read everything" in page
    assert '<textarea id="body"' not in page
    assert 'href="/register/outside"' in page
    assert outside.get("/threads/new?theme=mistrust").status_code in {200, 403}
    before = everything_stored()
    for path in addresses(app, "POST", parts):
        if not path.startswith(OWN):
            answer = outside.post(path, data={"body": "A word."}, headers={"Origin": "http://localhost"})
            assert answer.status_code in {403, 404}, path
            assert answer.status_code == 404 or "A word." in answer.text, path
    assert everything_stored() == before


@pytest.mark.one_database
def test_who_waits_is_seen_by_moderators_and_themselves_alone(cast, gino, browser_of, visitor):
    for path in ("/members/gino", "/feeds/members/gino.atom", "/moderation/members/gino/flag"):
        for reader in (visitor, browser_of(cast.ada)):
            assert reader.get(path).status_code == 404, path
    assert browser_of(gino).get("/members/gino").status_code == 200
    assert browser_of(cast.carla).get("/members/gino").status_code == 200
    assert "/members/gino" not in make.reply(cast.ada, text="Hello @gino").html
    for path in ("/register/waiting", f"/register/waiting/{gino.id}"):
        assert browser_of(cast.ada).get(path).status_code == 403


def test_who_is_let_in_writes_and_sees_it(cast, thread, gino, browser_of, later):
    outside, carla = browser_of(gino), browser_of(cast.carla)
    later(hours=3)
    assert "gino" in carla.get("/register/waiting").text
    assert carla.post(f"/register/waiting/{gino.id}/admit").location == "/register/waiting"
    assert "gino is in." in carla.get("/register/waiting").text
    assert "You are in" in outside.get("/register/outside").text
    assert "waits for a moderator" not in outside.get("/about").text
    assert make.reply(session().get(Member, gino.id), thread).id
    assert queries.usual_wait() == 3
    page = carla.post(f"/register/waiting/{gino.id}/admit")
    assert (page.status_code, "Somebody has decided about this account already." in page.text) == (403, True)
    entry = session().scalars(select(LogEntry)).one()
    assert (entry.act, entry.actor_id, entry.member_id) == ("admit_member", cast.carla.id, None)
    assert "let a new account in" in carla.get("/moderation/log").text


def test_who_is_refused_reads_why_and_is_gone_after_a_month(cast, gino, browser_of, visitor, later):
    carla, path = browser_of(cast.carla), f"/register/waiting/{gino.id}/refuse"
    assert carla.post(path, data={"reason": ""}).status_code == 422
    assert carla.post(path, data={"reason": "It advertises lamps."}).status_code == 303
    answer = visitor.post("/login", data={"login": "gino", "password": "a small brass lamp", "next": "/about"})
    assert answer.location == "/register/outside"
    assert "It advertises lamps." in visitor.get(answer.location).text
    assert visitor.post("/threads", data={"title": "Lamps", "body": "Buy."}).status_code == 403
    later(days=31)
    assert {holding.key: gone for holding, gone in holdings.keep()}["admission"] == 1
    assert queries.named("gino") is None
    assert log.verify().broken is None


def test_of_two_who_decide_at_once_the_second_is_told(app, cast, gino):
    carla, dario, number = cast.carla.id, cast.dario.id, gino.id

    def decide(by, act):
        member, who = session().get_one(Member, number), session().get_one(Member, by)
        return act(member, by=who)

    results = at_once(
        app,
        lambda: decide(carla, admitting.admit),
        lambda: decide(dario, lambda member, by: admitting.refuse(member, reason="No.", by=by)),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert len(session().scalars(select(LogEntry)).all()) == 1


@pytest.mark.one_database
def test_a_role_lets_in(cast, gino):
    roles.give_role(gino, "moderator", by=cast.dario)
    assert (gino.outside, session().scalars(select(Admission)).one().state) == ("", ADMITTED)

"""Journeys of people: at the door and in their settings."""

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.actions import tickets
from forum.accounts.models import LoginSession, Member
from forum.core.db import session
from tests import gate
from tests.addresses import session_of
from tests.cast import PASSWORD, person

pytestmark = pytest.mark.one_database

NEW = "a tall wooden ladder"
GUEST = {"name": "fiamma", "email": "fiamma@example.org", "password": PASSWORD}
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def log_in(browser, login="ada", password=PASSWORD, **more):
    return browser.post("/login", data={"login": login, "password": password, **more}, headers=FIREFOX)


def is_in(browser) -> bool:
    return browser.get("/settings").status_code == 200


def cookie_of(browser) -> str:
    return browser.get_cookie("forum").value


def test_from_registering_to_logging_out_and_in_again(app, visitor):
    answer = visitor.post("/register?next=/about", data=GUEST | gate.fields())
    assert (answer.status_code, answer.location) == (303, "/about")
    assert "Welcome, fiamma." in visitor.get("/about").text
    assert visitor.post("/logout").location == "/"
    assert not is_in(visitor)
    assert log_in(visitor, "Fiamma", next="/help").location == "/help"
    assert is_in(visitor)


@pytest.mark.parametrize("field", GUEST)
def test_a_field_that_is_missing_is_named_and_the_others_stay(app, visitor, field):
    answer = visitor.post("/register", data={**GUEST, **gate.fields(), field: ""})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    for name in ("name", "email"):
        assert (f'value="{GUEST[name]}"' in answer.text) == (name != field)
    assert PASSWORD not in answer.text
    assert queries.named("fiamma") is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "a", "A name has 2 to 30 characters."),
        ("name", "admin", "could be taken for somebody who runs this place"),
        ("name", "Ada", "This name, or one that looks like it, is taken."),
        ("name", "x" * 31, "1 characters too long"),
        ("name", "<script>", "A name is made of letters and digits"),
        ("email", "nothing", "does not look like an e-mail address"),
        ("email", "a@b\r\nBcc: c@d.org", "does not look like an e-mail address"),
        ("email", "a@example.org, b@example.org", "does not look like an e-mail address"),
        ("email", "x" * 200 + "@example.org", "12 characters too long"),
        ("password", "short", "at least 8 characters"),
        ("password", "x1" * 129, "at most 256 characters"),
        ("password", "password123", "among the first that anyone would try"),
        ("password", "fiamma@example.org", "not your name or address"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_made(cast, visitor, field, value, said):
    answer = visitor.post("/register", data={**GUEST, **gate.fields(), field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert len(session().scalars(select(Member)).all()) == 5


def test_what_is_sent_along_gives_no_rights(app, visitor):
    more = {
        "role": "admin",
        "is_admin": "1",
        "id": "1",
        "created_at": "1999-01-01",
        "locale": "xx",
        "name_key": "admin",
    }
    assert visitor.post("/register", data={**GUEST, **gate.fields(), **more}).status_code == 303
    made = queries.named("fiamma")
    assert (made.role, made.locale, made.name_key, made.created_at.year > 2000) == ("member", "", "flamma", True)


def test_whoever_is_in_does_not_register_again(cast, browser_of):
    ada = browser_of(cast.ada)
    for answer in (ada.get("/register"), ada.post("/register", data=GUEST)):
        assert answer.status_code == 403
        assert "You are logged in already." in answer.text


@pytest.mark.parametrize(
    ("way", "said"), [("closed", "Nobody can register here at present."), ("invite", "Registration is by invitation")]
)
def test_a_door_that_is_not_open_says_so_and_opens_to_an_invitation(app, visitor, monkeypatch, way, said):
    monkeypatch.setitem(app.config, "REGISTRATION", way)
    for answer in (visitor.get("/register"), visitor.post("/register", data=GUEST), visitor.get("/register?invite=x")):
        assert answer.status_code == 403
        assert said in answer.text
        assert 'name="password"' not in answer.text
    token = tickets.invite(None)
    page = visitor.get(f"/register?invite={token}")
    assert f'name="invite" value="{token}"' in page.text
    assert visitor.post("/register", data={**GUEST, "invite": token}).status_code == 303
    assert app.test_client().get(f"/register?invite={token}").status_code == 403


def test_one_wrong_answer_for_unknown_names_and_wrong_passwords(cast, visitor):
    pages = set()
    for login in ("ada", "nobody", "ada@example.org", "nobody@example.org"):
        answer = log_in(visitor, login, "a wrong guess")
        assert answer.status_code == 422
        pages.add(answer.text.replace(f'value="{login}"', ""))
    assert len(pages) == 1
    assert "Name or password is not right." in pages.pop()


@pytest.mark.parametrize(("remember", "stays"), [("", False), ("y", True)])
def test_the_cookie_stays_only_where_one_asked_to_stay(cast, visitor, remember, stays):
    answer = log_in(visitor, remember=remember)
    assert ("Expires=" in answer.headers["Set-Cookie"]) == stays


def test_a_planted_cookie_is_worth_nothing_and_a_new_one_is_given_at_every_entrance(cast, visitor):
    visitor.set_cookie("forum", "planted")
    log_in(visitor)
    first = cookie_of(visitor)
    assert first != "planted"
    log_in(visitor)
    second = cookie_of(visitor)
    assert second != first
    visitor.set_cookie("forum", first)
    assert not is_in(visitor), "the session that was there before lives on"
    visitor.set_cookie("forum", second)
    assert is_in(visitor)


def test_a_cookie_that_was_logged_out_is_dead(cast, visitor):
    log_in(visitor)
    held = cookie_of(visitor)
    visitor.post("/logout")
    assert visitor.get_cookie("forum") is None
    visitor.set_cookie("forum", held)
    assert not is_in(visitor)


@pytest.mark.every_database
def test_the_list_of_sessions_names_devices_and_ends_one(cast, app):
    here, elsewhere = app.test_client(), app.test_client()
    log_in(here)
    elsewhere.post("/login", data={"login": "ada", "password": PASSWORD}, headers={"User-Agent": "<b>Chrome Windows"})
    page = here.get("/settings").text
    assert "Firefox, Linux" in page
    assert "Chrome, Windows" in page
    assert "(this one)" in page
    assert here.post(f"/settings/sessions/{session_of(cast.ada)}/end").status_code == 303
    assert is_in(here)
    assert not is_in(elsewhere)


def test_nobody_ends_a_session_of_somebody_else(cast, browser_of):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    bruno.post(f"/settings/sessions/{session_of(cast.ada)}/end")
    assert is_in(ada)


def test_a_new_password_keeps_this_browser_and_no_other(cast, app):
    here, elsewhere = app.test_client(), app.test_client()
    for browser in (here, elsewhere):
        log_in(browser)
    answer = here.post("/settings/password", data={"current": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert "Everywhere else you have been logged out." in here.get("/settings").text
    assert not is_in(elsewhere)
    assert log_in(elsewhere).status_code == 422
    assert log_in(elsewhere, password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("a wrong guess", NEW, "Your password is not right."),
        ("", NEW, "Please fill this in."),
        (PASSWORD, "short", "at least 8 characters"),
        (PASSWORD, "ada@example.org", "not your name or address"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(cast, browser_of, current, new, said):
    ada = browser_of(cast.ada)
    answer = ada.post("/settings/password", data={"current": current, "password": new})
    assert answer.status_code == 422
    assert said in answer.text
    assert NEW not in answer.text
    assert cast.ada.password_hash == session().get_one(Member, cast.ada.id).password_hash


def test_a_profile_is_what_one_says_of_oneself(cast, browser_of, visitor):
    ada = browser_of(cast.ada)
    told = {"about": "I mend <b>boats</b>.\u202e", "locale": "it", "role": "admin", "name": "eve"}
    assert ada.post("/settings/profile", data=told).status_code == 303
    assert (cast.ada.about, cast.ada.locale, cast.ada.role, cast.ada.name) == (
        "I mend <b>boats</b>.",
        "it",
        "member",
        "ada",
    )
    assert "I mend &lt;b&gt;boats&lt;/b&gt;." in visitor.get("/members/ada").text
    assert '<html lang="it">' in ada.get("/settings").text
    for wrong in ({"about": "x" * 301, "locale": ""}, {"about": "", "locale": "xx"}):
        assert ada.post("/settings/profile", data=wrong).status_code == 422
    assert cast.ada.locale == "it"


def test_a_link_for_a_new_password_leads_in_once(cast, visitor):
    link = f"/reset/{tickets.reset_ticket(cast.ada)}"
    assert visitor.get(link).status_code == visitor.get(link).status_code == 200
    for wrong in ("short", "ada@example.org"):
        assert visitor.post(link, data={"password": wrong}).status_code == 422
    assert visitor.post(link, data={"password": NEW}).location == "/login"
    assert "Your password is set." in visitor.get("/login").text
    assert visitor.get(link).status_code == visitor.post(link, data={"password": PASSWORD}).status_code == 404
    assert log_in(visitor, password=NEW).status_code == 303


def test_the_first_admins_link_registers_a_visitor_or_lifts_a_member(app, visitor, browser_of):
    person("gino")
    session().commit()
    gino = browser_of(queries.named("gino"))
    link = f"/welcome/{tickets.admin_ticket()}"
    assert "Make me its admin" in gino.get(link).text
    assert gino.post(link).location == "/"
    assert "You are the admin of this forum now." in gino.get("/").text
    assert gino.get("/members").status_code == 200
    assert visitor.get(link).status_code == visitor.post(link, data=GUEST).status_code == 404


def test_the_first_admins_link_opens_a_closed_door(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "REGISTRATION", "closed")
    link = f"/welcome/{tickets.admin_ticket()}"
    assert visitor.post(link, data={**GUEST, "password": "short"}).status_code == 422
    assert visitor.post(link, data=GUEST).status_code == 303
    assert queries.named("fiamma").administers
    assert app.test_client().get(link).status_code == 404


def test_no_page_lists_tokens_of_sessions(cast, browser_of):
    page = browser_of(cast.ada).get("/settings").text
    hashes = session().scalars(select(LoginSession.token_hash)).all()
    assert hashes
    assert not any(token in page for token in hashes)

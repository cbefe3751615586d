"""What someone wrote outlives the session, the token and the moment that they wrote it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from forum.accounts.models import LoginSession
from forum.core import kept
from forum.core.db import session
from forum.core.text import clean
from forum.threads.models import Reply, Thread
from tests.cast import PASSWORD
from tests.page_forms import forms, token

pytestmark = pytest.mark.one_database

HERE = {"Sec-Fetch-Site": "same-origin"}
WORDS = 'My long thought.\n\nIt took an *hour* & "more" <b>than</b> one.\U0001f98a'
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Referer": "https://evil.example/localhost"},
    {"Referer": "//"},
    {},
]


@pytest.fixture
def asks(app, monkeypatch):
    """Have the application ask for tokens, as it does outside the tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def said(**more):
    return {"kind": "thinking", "theme": "mistrust", "passage": "p2", "body": WORDS, "form_key": "abc", **more}


def end_all_sessions():
    session().execute(delete(LoginSession))
    session().commit()


def count(model) -> int:
    session().rollback()
    return session().scalar(select(func.count()).select_from(model))


def the_form(page: str, path: str):
    return next(form for form in forms(page, path) if form.action == path)


def test_a_session_that_ended_while_one_wrote_loses_nothing(asks, cast, thread, browser_of):
    ada, path = browser_of(cast.ada), f"/threads/{thread.id}/replies"
    old = token(ada.get(f"/threads/{thread.id}", follow_redirects=True).text)
    end_all_sessions()
    lost = ada.post(path, data=said(csrf_token=old), headers=HERE)
    assert lost.status_code == 401
    assert lost.headers["Cache-Control"] == "no-store"
    assert "You are not logged in, or no longer." in lost.text
    assert "It took an *hour* &amp; &#34;more&#34; &lt;b&gt;than&lt;/b&gt; one." in lost.text
    assert count(Reply) == 0

    door = forms(lost.text, path)[0]
    wrong = ada.post("/login", data={**door.fields, "login": "ada", "password": "wrong"})
    assert wrong.status_code == 422
    assert "Name or password is not right." in wrong.text
    empty = ada.post("/login", data={**forms(wrong.text, path)[0].fields, "login": "ada", "password": ""})
    assert empty.status_code == 422
    assert "Please fill this in." in empty.text

    back = ada.post("/login", data={**forms(empty.text, path)[0].fields, "login": "ada", "password": PASSWORD})
    assert back.status_code == 200
    assert "Here is what you wrote." in back.text
    again = the_form(back.text, path)
    assert again.fields["body"] == clean(WORDS)
    assert again.fields["csrf_token"] != old
    assert ada.post(path, data=again.fields).status_code == 303
    assert session().scalars(select(Reply.source)).all() == [clean(WORDS)]
    assert ada.post(path, data=again.fields).status_code == 303
    assert count(Reply) == 1, "the same form sent twice"


def test_whoever_comes_back_as_somebody_else_finds_the_words_too(cast, thread, visitor):
    path = f"/threads/{thread.id}/replies"
    lost = visitor.post(path, data=said(), headers=HERE)
    back = visitor.post("/login", data={**forms(lost.text, path)[0].fields, "login": "bruno", "password": PASSWORD})
    assert visitor.post(path, data=the_form(back.text, path).fields).status_code == 303
    assert session().scalars(select(Reply)).one().author_id == cast.bruno.id


@pytest.mark.parametrize(
    "words", ["\u4e2d" * 20_000, "\U0001f98a" * 20_000, '"\\\n' * 6_600, "<&>" * 6_600], ids=range(4)
)
def test_the_longest_text_in_any_script_is_kept_whole(cast, visitor, words):
    written = {"title": "A title", "theme": "mistrust", "body": words, "form_key": "abc"}
    lost = visitor.post("/threads", data=written, headers=HERE)
    assert lost.status_code == 401
    back = visitor.post("/login", data={**forms(lost.text, "/")[0].fields, "login": "ada", "password": PASSWORD})
    again = the_form(back.text, "/threads")
    assert again.fields["title"] == "A title"
    assert visitor.post("/threads", data=again.fields).status_code == 303
    assert session().scalars(select(Thread.source).where(Thread.title == "A title")).one() == clean(words)


def test_a_form_of_an_earlier_visit_is_given_back_with_a_fresh_token(asks, cast, thread, browser_of):
    ada, path = browser_of(cast.ada), f"/threads/{thread.id}/replies"
    stale = ada.post(path, data=said(csrf_token="of another day"), headers=HERE)
    assert stale.status_code == 400
    assert "This form comes from an earlier visit." in stale.text
    again = the_form(stale.text, path)
    assert again.fields["body"] == clean(WORDS)
    assert ada.post(path, data=again.fields).status_code == 303
    assert count(Reply) == 1


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_form_from_elsewhere_puts_no_words_into_anyones_mouth(asks, cast, thread, browser_of, visitor, headers):
    ada, path = browser_of(cast.ada), f"/threads/{thread.id}/replies"
    for reader in (ada, visitor):
        answer = reader.post(path, data=said(csrf_token="x"), headers=headers)
        assert answer.status_code in {400, 401}
        assert "My long thought." not in answer.text
    assert count(Reply) == 0


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost"}, {"Referer": "http://localhost/threads/1"}], ids=str
)
def test_a_browser_that_names_its_page_in_the_old_way_is_from_here(cast, thread, visitor, headers):
    answer = visitor.post(f"/threads/{thread.id}/replies", data=said(), headers=headers)
    assert "My long thought." in answer.text


def test_no_password_is_kept_and_no_token(asks, cast, visitor, browser_of):
    secret, old = "an iron key ring", "a token of old"
    named = dict.fromkeys(kept.NEVER, secret) | {"csrf_token": old}
    forms_sent = {
        "/login": {"login": "ada", **named},
        "/register": {"name": "eve", "email": "eve@example.org", **named},
        "/settings/password": named,
        "/threads": {"title": "A title", "body": WORDS, **named},
    }
    for reader in (visitor, browser_of(cast.ada)):
        for path, fields in forms_sent.items():
            answer = reader.post(path, data=fields, headers=HERE)
            assert answer.status_code in {400, 401}, path
            assert secret not in answer.text, path
            assert old not in answer.text, path


def test_at_the_door_a_stale_form_asks_nobody_to_log_in_first(asks, cast, visitor):
    for path, fields in {
        "/login": {"login": "ada", "password": PASSWORD, "next": "/about"},
        "/register": {"name": "eve", "email": "eve@example.org", "password": PASSWORD},
    }.items():
        stale = asks.test_client().post(path, data={**fields, "csrf_token": "x"}, headers=HERE)
        assert stale.status_code == 400
        assert "Log in, and what you wrote stays" not in stale.text
    visitor.get("/about")
    page = visitor.post("/login", data={"login": "ada", "password": PASSWORD, "csrf_token": "x"}, headers=HERE)
    again = the_form(page.text, "/login")
    assert visitor.post("/login", data={**again.fields, "password": PASSWORD}).status_code == 303


def test_more_than_any_text_is_not_kept_but_not_a_fault(cast, visitor):
    answer = visitor.post("/threads", data={"body": "x" * 70_000}, headers=HERE)
    assert (answer.status_code, "xxxxx" in answer.text) == (401, False)


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=6))
def test_what_is_packed_comes_out_cleaned_and_without_secrets(fields):
    kept_fields = {name: value for name, value in fields.items() if name not in kept.NEVER}
    found = kept.unpacked(kept.packed(kept_fields))
    assert found == {clean(name): clean(value) for name, value in kept_fields.items() if clean(name) not in kept.NEVER}
    "".join([*found, *found.values()]).encode()


@given(st.text())
def test_anything_else_is_nothing_kept(text):
    assert isinstance(kept.unpacked(text), dict)

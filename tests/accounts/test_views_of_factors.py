"""Journeys of whoever has a second factor, or is asked for the password again."""

import re

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.models import LoginSession
from forum.core.db import session
from forum.rules import actions as rules
from forum.threads.models import Reply
from tests import make
from tests.accounts.second_factor import App, set_up
from tests.addresses import session_of
from tests.cast import PASSWORD
from tests.page_forms import forms
from tests.threads.sending import FROM_HERE, form_of, send

pytestmark = pytest.mark.one_database

ADA = {"login": "ada", "password": PASSWORD}
SENSITIVE = {
    "accounts.appoint",
    "accounts.begin_factor",
    "accounts.dismiss",
    "accounts.end_session",
    "accounts.give_role",
    "accounts.renew_recovery_codes",
    "accounts.turn_factor_off",
    "accounts.turn_factor_on",
    "rights.download",
    "rules.edit",
}
SECRET = re.compile(r'<code class="secret">([A-Z2-7 ]{39})</code>')
CODE = re.compile(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>")


def is_in(browser) -> bool:
    return browser.get("/settings").status_code == 200


def cookie_of(browser) -> str:
    return browser.get_cookie("forum").value


def test_from_setting_it_up_to_turning_it_off(cast, browser_of, later):
    ada, elsewhere = browser_of(cast.ada), browser_of(cast.ada)
    assert "It is off" in ada.get("/settings").text
    assert not SECRET.search(ada.get("/settings/factor").text)
    assert ada.post("/settings/factor/begin").location == "/settings/factor"
    page = ada.get("/settings/factor")
    secret = SECRET.search(page.text).group(1)
    assert f"secret={secret.replace(' ', '')}" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert re.search(
        r'<svg viewBox="[\d ]+"><path fill="#fff" d="[^"]+"/><path stroke="#000" d="[^"]+"/></svg>', page.text
    )
    phone = App(secret)
    for wrong, said in (("", "Please fill this in."), ("12 34", "This code is not right.")):
        answer = send(ada, ada.get("/settings/factor"), code=wrong)
        assert (answer.status_code, said in answer.text, secret in answer.text) == (422, True, True)
    shown = send(ada, page, code=phone.code())
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert len(set(CODE.findall(shown.text))) == 10
    assert send(ada, page, code=phone.code()).location == "/settings/factor", "a second click"
    again = ada.get("/settings/factor").text
    assert "If you have not seen your recovery codes, make new ones." in again
    assert not SECRET.search(again)
    assert not CODE.search(again)
    assert "You have 10 recovery codes left." in again
    assert "You have 10 recovery codes left." in ada.get("/settings").text
    assert (is_in(ada), is_in(elsewhere)) == (True, False)
    assert len(CODE.findall(ada.post("/settings/factor/codes").text)) == 10
    assert ada.post("/settings/factor/begin").status_code == 403
    assert [ada.post("/settings/factor/off").status_code for _click in range(2)] == [303, 303]
    assert "Your password is enough to log in." in ada.get("/settings/factor").text


def test_one_logs_in_by_two_steps_and_the_cookie_is_another_one_after_the_second(app, cast, visitor, later):
    phone, spare = set_up(cast.ada)
    first = visitor.post("/login", data={**ADA, "next": "/help", "remember": "y"})
    assert first.location == "/login/code?next=/help"
    half = cookie_of(visitor)
    assert not is_in(visitor)
    page = visitor.get(first.location)
    wrong = send(visitor, page, code="123456")
    assert (wrong.status_code, "This code is not right" in wrong.text) == (422, True)
    empty = send(visitor, wrong, code="")
    assert (empty.status_code, "Please fill this in." in empty.text) == (422, True)
    last = send(visitor, empty, code=phone.code())
    assert (last.status_code, last.location, "Expires=" in last.headers["Set-Cookie"]) == (303, "/help", True)
    assert is_in(visitor)
    assert visitor.get("/login/code").status_code == 302
    visitor.set_cookie("forum", half)
    assert not is_in(visitor)
    assert visitor.post("/login/code", data={"code": spare[0]}).status_code == 422
    outside = app.test_client()
    outside.post("/login", data={**ADA, "next": "//evil.example"})
    assert send(outside, outside.get("/login/code?next=//evil.example"), code=spare[0]).location == "/"


def test_a_code_is_taken_only_from_the_browser_that_knew_the_password(app, cast, visitor, later):
    phone, _spare = set_up(cast.ada)
    visitor.post("/login", data=ADA)
    other = app.test_client()
    assert other.get("/login/code").location == "/login?next=/"
    answer = other.post("/login/code", data={"code": phone.code()})
    assert (answer.status_code, "Please begin again with your password." in answer.text) == (422, True)
    for status in [422] * 5 + [429]:
        assert visitor.post("/login/code", data={"code": "123"}).status_code == status
    assert not is_in(visitor)


def test_nobody_learns_who_has_a_second_factor_without_the_password(cast, visitor, later):
    set_up(cast.ada)
    pages = set()
    for login in ("ada", "bruno", "nobody"):
        answer = visitor.post("/login", data={"login": login, "password": "a wrong guess"})
        pages.add((answer.status_code, answer.text.replace(f'value="{login}"', "")))
    assert len(pages) == 1
    assert "Second factor" not in visitor.get("/members/ada").text


def test_whoever_was_logged_in_stays_so_until_the_second_step(cast, browser_of, later):
    phone, _spare = set_up(cast.ada)
    bruno = browser_of(cast.bruno)
    bruno.post("/login", data=ADA)
    assert "/members/bruno" in bruno.get("/settings").text
    bruno.post("/login/code", data={"code": phone.code()})
    assert "/members/ada" in bruno.get("/settings").text
    assert [one.member_id for one in session().scalars(select(LoginSession))] == [cast.ada.id]


def test_what_one_wrote_in_a_session_that_ended_outlives_both_steps(cast, thread, visitor, later):
    phone, _spare = set_up(cast.ada)
    path = f"/threads/{thread.id}/replies"
    said = {"kind": "thinking", "theme": "mistrust", "passage": "p2", "body": "A long\nthought.", "form_key": "abc"}
    lost = visitor.post(path, data=said, headers=FROM_HERE)
    step = send(visitor, lost, **ADA)
    assert "A long\nthought." in step.text
    later(minutes=6)
    late = send(visitor, step, code=phone.code())
    assert (late.status_code, "A long\nthought." in late.text) == (422, True)
    step = send(visitor, late, **ADA)
    wrong = send(visitor, step, code="123")
    back = send(visitor, wrong, code=phone.code())
    again = next(form for form in forms(back.text, path) if form.action == path)
    assert visitor.post(path, data=again.fields).status_code == 303
    assert session().scalars(select(Reply.source)).all() == ["A long\nthought."]


def test_what_is_sensitive_is_declared_so(forum):
    assert {name for name, view in forum.view_functions.items() if hasattr(view, "sensitive")} >= SENSITIVE


def test_ten_minutes_after_the_password_was_given_it_is_asked_for_again_and_what_was_sent_is_done(
    cast, browser_of, later
):
    dario, path = browser_of(cast.dario), "/members/ada/role"
    later(minutes=9, seconds=59)
    assert dario.post(path, data={"role": "moderator"}).status_code == 303
    later(minutes=10)
    asked = dario.post(path, data={"role": "member", "password": "no secret comes along"})
    assert (asked.status_code, "Is it still you?" in asked.text) == (401, True)
    assert form_of(asked, "current").fields["role"] == "member"
    assert "no secret comes along" not in asked.text
    for wrong, said in (("", "Please fill this in."), ("a wrong guess", "Your password is not right.")):
        asked = send(dario, asked, current=wrong)
        assert (asked.status_code, said in asked.text) == (401, True)
    assert queries.named("ada").role == "moderator"
    assert send(dario, asked, current=PASSWORD).status_code == 303
    assert queries.named("ada").role == "member"
    later(minutes=19)
    assert dario.post(f"/settings/sessions/{session_of(cast.bruno)}/end").status_code == 303


def test_guesses_at_the_password_are_counted_here_too(cast, browser_of, later):
    ada = browser_of(cast.ada)
    later(minutes=20)
    guess = {"current": "a wrong guess"}
    assert [ada.post("/rights/download", data=guess).status_code for _ in range(11)] == [401] * 10 + [429]
    assert ada.post("/rights/download", data={"current": PASSWORD}).status_code == 429


def test_with_a_second_factor_the_code_is_asked_for_again_too(cast, browser_of, later):
    phone, spare = set_up(cast.ada)
    ada = browser_of(cast.ada)
    later(minutes=20)
    asked = ada.post("/settings/factor/off")
    refused = send(ada, asked, current=PASSWORD, current_code="123")
    assert (refused.status_code, "This code is not right" in refused.text) == (401, True)
    assert send(ada, refused, current=PASSWORD, current_code=spare[0]).status_code == 303
    assert not queries.named("ada").has_factor
    phone, _spare = set_up(cast.bruno)
    bruno = browser_of(cast.bruno)
    new = {"current": PASSWORD, "password": "a tall wooden ladder"}
    assert "This code is not right" in send(bruno, bruno.get("/settings"), current_code="123", **new).text
    assert send(bruno, bruno.get("/settings"), current_code=phone.code(), **new).status_code == 303


def test_a_long_text_is_not_lost_to_the_question(cast, browser_of, later):
    dario = browser_of(cast.dario)
    rules.begin()
    page = dario.get("/rules/edit")
    more = "\n\n# listen: Listen\n\nWe <b>listen</b> & wait."
    texts = {locale: text + more for locale, text in form_of(page, "en", "it").fields.items() if locale in {"en", "it"}}
    later(minutes=11)
    assert send(dario, page, preview=True, note="More.", **texts).status_code == 200
    asked = send(dario, page, note="More.", **texts)
    assert asked.status_code == 401
    assert send(dario, asked, current=PASSWORD).status_code == 303
    assert "We &lt;b&gt;listen&lt;/b&gt; &amp; wait." in dario.get("/rules").text


def test_where_the_host_asks_for_it_staff_act_only_with_a_second_factor(
    app, cast, thread, browser_of, monkeypatch, later
):
    monkeypatch.setitem(app.config, "STAFF_SECOND_FACTOR", True)
    carla, path = browser_of(cast.carla), f"/threads/{thread.id}/lock"
    assert make.reply(cast.carla, thread)
    refused = carla.post(path, data={"reason": "We sleep over it."})
    assert refused.status_code == 403
    assert '<a href="/settings/factor">Set it up</a>' in refused.text
    set_up(cast.carla)
    carla = browser_of(cast.carla)
    assert carla.post(path, data={"reason": "We sleep over it."}).status_code == 303

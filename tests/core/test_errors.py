"""When something fails: a page of the house, a number in the log, the text kept, nothing of the inside."""

import logging
import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from forum.core.db import db
from forum.threads.actions import replying
from tests.cast import PASSWORD
from tests.page_forms import forms

HERE = {"Sec-Fetch-Site": "same-origin"}
SECRET = "SELECT secret FROM inside"
AWAY = [
    OperationalError(SECRET, {}, Exception("disk I/O error at /var/lib/forum.db")),
    InterfaceError(SECRET, {}, Exception("connection already closed")),
    PoolTimeoutError("QueuePool limit of size 8 reached"),
]
ids = [type(error).__name__ for error in AWAY]


def says_nothing_of_the_inside(text: str) -> bool:
    words = ["Traceback", "sqlalchemy", "SELECT", "forum.db", "QueuePool", "closed", "ValueError", ".py", "secret"]
    return not any(word in text for word in words)


@pytest.fixture
def faults(app, monkeypatch):
    """Have the application answer faults, as it does outside the tests."""
    monkeypatch.setitem(app.config, "PROPAGATE_FAULTS", False)
    return app


def failing(error: Exception):
    def fail(*_args, **_kwargs):
        raise error

    return fail


@contextmanager
def no_database():
    """Let every statement fail, as when the database is away."""

    def refuse(*_args):
        raise OperationalError(SECRET, {}, Exception("server closed the connection"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)


def writing(thread, body="My long thought, kept.", **more):
    return {"kind": "thinking", "theme": "mistrust", "body": body, "form_key": "abc", **more}


def test_a_fault_says_nothing_of_the_inside_and_is_logged_under_its_number(faults, visitor, monkeypatch, caplog):
    monkeypatch.setitem(faults.view_functions, "accounts.login", failing(ValueError("secret of the inside")))
    faults.view_functions["accounts.login"].access = "public"
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/login")
    assert answer.status_code == 500
    number = re.search(r"under the number ([0-9a-f]{8})", answer.text)[1]
    assert "Something went wrong on our side" in answer.text
    assert says_nothing_of_the_inside(answer.text)
    record = next(record for record in caplog.records if number in record.getMessage())
    assert "GET '/login'" in record.getMessage()
    assert record.exc_info[0] is ValueError


def test_two_faults_have_two_numbers(faults, visitor, monkeypatch):
    monkeypatch.setitem(faults.view_functions, "pages.help", failing(RuntimeError("x")))
    faults.view_functions["pages.help"].access = "public"
    assert visitor.get("/help").text != visitor.get("/help").text


def test_an_address_writes_no_lines_of_its_own_into_the_log(faults, visitor, monkeypatch, caplog):
    monkeypatch.setitem(faults.view_functions, "accounts.member", failing(RuntimeError("x")))
    faults.view_functions["accounts.member"].access = "public"
    visitor.get("/members/a%0AFault%2000000000")
    assert "\n" not in caplog.records[-1].getMessage()


@pytest.mark.parametrize("error", AWAY, ids=ids)
def test_a_database_that_does_not_answer_is_a_page_that_says_when_to_come_back(
    cast, visitor, browser_of, monkeypatch, error
):
    app = visitor.application
    monkeypatch.setitem(app.view_functions, "pages.help", failing(error))
    app.view_functions["pages.help"].access = "public"
    for reader in (visitor, browser_of(cast.ada)):
        answer = reader.get("/help")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert "Please try again in a minute." in answer.text
        assert says_nothing_of_the_inside(answer.text)


@pytest.mark.parametrize("error", AWAY, ids=ids)
def test_what_was_written_is_kept_while_the_database_cannot_write(cast, thread, browser_of, monkeypatch, error):
    ada = browser_of(cast.ada)
    path = f"/threads/{thread.id}/replies"
    with monkeypatch.context() as broken:
        broken.setattr(replying, "transaction", failing(error))
        answer = ada.post(path, data=writing(thread), headers=HERE)
    assert answer.status_code == 503
    assert "My long thought, kept." in answer.text
    assert f'action="{path}"' in answer.text
    assert "Send it now" in answer.text
    assert says_nothing_of_the_inside(answer.text)
    assert ada.post(path, data=writing(thread)).status_code == 303


def test_without_any_database_there_is_a_page_still(cast, visitor, browser_of):
    ada = browser_of(cast.ada)
    with no_database():
        for reader in (visitor, ada):
            for path in ("/", "/threads", "/login", "/about", "/members/ada", "/settings", "/nothing"):
                answer = reader.get(path)
                assert answer.status_code in ({404} if path == "/nothing" else {303, 503}), path
                assert says_nothing_of_the_inside(answer.text)
                assert answer.status_code == 303 or "css/forum.css" in answer.text
    assert ada.get("/settings").status_code == 200


def test_without_any_database_what_was_written_is_kept(cast, thread, browser_of):
    ada, path = browser_of(cast.ada), f"/threads/{thread.id}/replies"
    with no_database():
        answer = ada.post(path, data=writing(thread), headers=HERE)
    assert answer.status_code == 503
    assert "My long thought, kept." in answer.text
    assert says_nothing_of_the_inside(answer.text)
    entered = ada.post("/login", data={**forms(answer.text, path)[0].fields, "login": "ada", "password": PASSWORD})
    again = next(form for form in forms(entered.text, path) if form.action == path)
    assert ada.post(path, data=again.fields).status_code == 303


def test_a_fault_without_any_database_is_a_page_too(faults, cast, browser_of, monkeypatch, caplog):
    ada = browser_of(cast.ada)
    help_page = failing(ValueError("secret"))
    help_page.access, help_page.also_banned = "public", True
    monkeypatch.setitem(faults.view_functions, "pages.help", help_page)
    with no_database():
        answer = ada.get("/help")
    assert answer.status_code == 500
    assert says_nothing_of_the_inside(answer.text)
    assert "Fault" in caplog.text

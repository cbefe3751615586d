"""What every answer says to the browser, and what every cookie is."""

import pytest
from flask import Flask

from forum import create_app
from forum.core.db import db
from forum.core.security import CONTENT_SECURITY_POLICY
from tests import make
from tests.addresses import addresses, furnish
from tests.cast import CHEAP, PASSWORD

pytestmark = pytest.mark.one_database

DIRECTIVES = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
TOLD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def parts(cast):
    return furnish(cast)


@pytest.fixture
def over_tls(app, database, monkeypatch) -> Flask:
    """A second application on the same database, whose host said that it stands behind TLS."""
    monkeypatch.setenv("FORUM_URL", "https://forum.example")
    settings = {"SQLALCHEMY_DATABASE_URI": database, "PASSWORD_COST": CHEAP, "WTF_CSRF_ENABLED": False}
    made = create_app({**settings, "SQLITE_SYNCHRONOUS": "OFF", "PROPAGATE_FAULTS": True})
    made.test_client_class = app.test_client_class
    yield made
    with made.app_context():
        db.engine.dispose()


def answers(app, parts, readers):
    """Yield (path, reader, answer): every page that can be read, errors of every kind, posts that fail and go through."""
    for reader in readers:
        for path in [*addresses(app, "GET", parts), "/nothing", "/threads/99999", "/members/%00"]:
            yield path, reader, reader.get(path)
        yield "405", reader, reader.put("/threads")
        yield "422", reader, reader.post("/login", data={})
        yield "413", reader, reader.post("/login", data={"login": "x" * 1_600_000})
        yield "401 or 422", reader, reader.post("/threads", data={})
        yield "403 or 303", reader, reader.post("/pages/about/en", data={"source": ""})
        yield "options", reader, reader.options("/threads")


def test_the_policy_lets_nothing_in_that_is_not_ours():
    assert DIRECTIVES["default-src"] == "'none'"
    assert DIRECTIVES["base-uri"] == DIRECTIVES["frame-ancestors"] == "'none'"
    assert DIRECTIVES["form-action"] == DIRECTIVES["script-src"] == DIRECTIVES["style-src"] == "'self'"
    assert "object-src" not in DIRECTIVES  # falls back to default-src
    assert set(" ".join(DIRECTIVES.values()).split()) <= {"'none'", "'self'", "data:"}
    assert "data:" not in DIRECTIVES["script-src"] + DIRECTIVES["style-src"]


def test_every_answer_to_everyone_tells_the_browser_what_it_may_do(app, cast, parts, visitor, browser_of):
    readers = [visitor, browser_of(cast.ada), browser_of(cast.carla), browser_of(cast.dario)]
    pages, statuses = set(), set()
    for path, _reader, answer in answers(app, parts, readers):
        assert answer.headers.getlist("Content-Security-Policy") == [CONTENT_SECURITY_POLICY], path
        for name, value in TOLD.items():
            assert answer.headers.getlist(name) == [value], f"{name} of {path}"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert not {"Server", "X-Powered-By", "Strict-Transport-Security"} & set(answer.headers.keys())
        kind = answer.content_type or ""
        assert not kind.startswith("text/") or "charset=utf-8" in kind, path
        if kind.startswith("text/html") and answer.status_code == 200:
            pages.add(path)
        statuses.add(answer.status_code)
    assert len(pages) > 20
    assert {200, 301, 302, 303, 401, 403, 404, 405, 413, 422} <= statuses


def test_what_is_for_one_person_and_every_error_is_stored_nowhere(app, cast, parts, visitor, browser_of):
    readers = [visitor, browser_of(cast.ada), browser_of(cast.dario)]
    for path, reader, answer in answers(app, parts, readers):
        if path.startswith("/static/") and answer.status_code == 200:
            assert "immutable" in answer.headers["Cache-Control"]
            assert "Set-Cookie" not in answer.headers
        elif reader is not visitor or answer.status_code >= 400 or "Set-Cookie" in answer.headers:
            assert answer.headers["Cache-Control"] == "no-store", path


def test_a_form_with_a_token_in_it_is_stored_nowhere(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    visitor = app.test_client()
    for path in ("/login", "/login", "/register", "/about"):
        assert visitor.get(path).headers["Cache-Control"] == "no-store", path


def test_a_cookie_is_hidden_from_scripts_and_from_other_sites(cast, visitor):
    login = {"login": "ada", "password": PASSWORD, "remember": "y"}
    for answer in (visitor.post("/login", data=login), visitor.get("/language/it")):
        for cookie in answer.headers.getlist("Set-Cookie"):
            told = {part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]}
            assert {"httponly", "samesite", "path"} <= told, cookie
            assert "SameSite=Lax" in cookie
            assert "Path=/" in cookie
            assert "domain" not in told
            assert "ada" not in cookie.split(";")[0]


def test_over_tls_cookies_are_secure_and_browsers_told_to_stay_there(over_tls, cast):
    visitor = over_tls.test_client()
    with_query = {"base_url": "https://forum.example"}
    login = {"login": "ada", "password": PASSWORD, "remember": "y"}
    set_at = [visitor.get("/language/it", **with_query), visitor.post("/login", data=login, **with_query)]
    for answer in [*set_at, visitor.get("/", **with_query), visitor.get("/nothing", **with_query)]:
        age = answer.headers["Strict-Transport-Security"]
        assert int(age.split(";")[0].removeprefix("max-age=")) >= 31_536_000
    cookies = [cookie for answer in set_at for cookie in answer.headers.getlist("Set-Cookie")]
    assert len(cookies) == 2
    assert all("; Secure" in cookie for cookie in cookies)
    assert cookies[1].startswith("__Host-forum=")
    assert visitor.get("/settings", **with_query).status_code == 200


def test_over_tls_a_cookie_of_the_plain_name_is_none(over_tls, cast):
    visitor = over_tls.test_client()
    login = {"login": "ada", "password": PASSWORD}
    visitor.post("/login", data=login, base_url="https://forum.example")
    value = visitor.get_cookie("__Host-forum", domain="forum.example").value
    bare = over_tls.test_client(use_cookies=False)
    assert bare.get("/settings", headers={"Cookie": f"__Host-forum={value}"}).status_code == 200
    assert bare.get("/settings", headers={"Cookie": f"forum={value}"}).status_code == 303


def test_a_cookie_that_is_not_ours_is_no_cookie(app, cast, browser_of):
    held = browser_of(cast.ada).get_cookie("forum").value
    bare = app.test_client(use_cookies=False)
    assert bare.get("/settings", headers={"Cookie": f"forum={held}"}).status_code == 200
    parts = held.split(".")
    spoilt = [
        f"{held[:-10]}{'A' if held[-10] != 'A' else 'B'}{held[-9:]}",  # the last letter holds bits that say nothing
        held[:-5],
        held[: len(held) // 2],
        "x" + held,
        held + "." + parts[-1],
        ".".join(["eyJfdXNlcl9pZCI6IjEifQ", *parts[1:]]),
        "..",
        "a" * 4096,
        "\xff\xfe\x01",
        "%00%ff",
        '"\\377\\000"',
        "{}",
        "",
    ]
    for value in spoilt:
        for name in ("forum", "forum_remember"):
            answer = bare.get("/settings", headers={"Cookie": f"{name}={value}; {name}"})
            assert answer.status_code == 303, f"{name}={value[:40]!r}"
            assert bare.get("/", headers={"Cookie": f"{name}={value}"}).status_code == 200


def test_a_member_number_in_a_signed_cookie_is_no_session(app, cast):
    visitor = app.test_client()
    for value in (str(cast.dario.id), "1", "dario", "\0", "x" * 3000):
        with visitor.session_transaction() as cookie:
            cookie["_user_id"] = value
        assert visitor.get("/settings").status_code == 303


def test_no_page_holds_a_script_a_style_or_an_address_of_somebody_elses(app, cast, parts, visitor, browser_of):
    make.thread(cast.ada, text="[out](https://example.org/x) and https://example.com")
    for path, _reader, answer in answers(app, parts, [visitor, browser_of(cast.dario)]):
        if (answer.content_type or "").startswith("text/html"):
            for inline in ("<style", " style=", " onclick=", " onload=", " onerror=", "javascript:", 'target="_blank"'):
                assert inline not in answer.text, path
            assert "<script" not in answer.text.replace('<script type="module" src="/static/', ""), path
            for foreign in ('src="http', 'src="//', 'href="//', "url(", "@import"):
                assert foreign not in answer.text, path

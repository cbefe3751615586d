"""What every request is asked for, wherever it goes: tokens, methods, hosts, addresses to go on to."""

import re
import secrets

import pytest
from sqlalchemy import select

from forum.accounts.actions import tickets
from forum.core import limits
from forum.core.db import session
from forum.core.limits import Attempt
from tests import gate, make
from tests.addresses import addresses, everything_stored, furnish, post_only
from tests.cast import PASSWORD
from tests.page_forms import token

pytestmark = pytest.mark.one_database

FOREIGN = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "\x00//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "https:evil.example",
    "http:///evil.example",
    "/\r\nSet-Cookie: a=b",
    "\u2028//evil.example",
]
EVIL = {"Host": "evil.example", "X-Forwarded-Host": "evil2.example", "X-Forwarded-Proto": "https"}


def elsewhere(browser, host: str = EVIL["Host"]):
    """Return a function that sends what `browser` would, its cookie too, but names another host."""
    held = browser.get_cookie("forum")
    headers = {**EVIL, "Host": host, **({"Cookie": f"forum={held.value}"} if held else {})}
    bare = browser.application.test_client(use_cookies=False)
    return lambda path, method="GET": bare.open(path, method=method, headers=headers)


@pytest.fixture
def parts(cast):
    return furnish(cast)


@pytest.fixture
def guarded(app, monkeypatch):
    """Have the application ask for tokens, as it does outside the tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def test_every_form_that_is_sent_needs_a_token_of_its_own_session(guarded, cast, parts, browser_of):
    dario, bruno = browser_of(cast.dario), browser_of(cast.bruno)
    own, others = (token(browser.get("/settings").text) for browser in (dario, bruno))
    wrong = [None, "", "wrong", others, own[:-1], own + "x", own.swapcase()]
    before = everything_stored()
    for path in addresses(guarded, "POST", parts):
        for given in wrong:
            data = {"reason": "r", "body": "b", "role": "admin", **({} if given is None else {"csrf_token": given})}
            answer = dario.post(path, data=data)
            assert answer.status_code == 400, f"{path} took {given!r}"
            assert "This form comes from an earlier visit." in answer.text
    assert everything_stored() == before


def test_whoever_comes_to_the_door_needs_a_token_too(guarded, cast, parts):
    before = everything_stored()
    for path in ("/login", "/register", f"/reset/{parts['token']}"):
        for given in ("", "wrong"):
            data = {"login": "ada", "password": PASSWORD, "name": "eve", "email": "e@example.org", "csrf_token": given}
            assert guarded.test_client().post(path, data=data).status_code == 400, path
    assert everything_stored() == before


@pytest.mark.parametrize("header", ["X-CSRFToken", "X-CSRF-Token"])
def test_a_token_in_a_header_is_one_too_and_a_wrong_one_is_none(guarded, cast, browser_of, header):
    ada = browser_of(cast.ada)
    own = token(ada.get("/settings").text)
    assert ada.post("/threads/preview", data={"body": "*a*"}, headers={header: own}).text == "<p><em>a</em></p>\n"
    assert ada.post("/threads/preview", data={"body": "*a*"}, headers={header: own[::-1]}).status_code == 400


def test_with_its_token_a_form_goes_through(guarded, cast, visitor):
    page = visitor.get("/login").text
    own = {"login": "ada", "password": PASSWORD, "csrf_token": token(page)}
    assert visitor.post("/login", data=own).status_code == 303
    stale = visitor.post("/settings/profile", data={"about": "x", "locale": "", "csrf_token": token(page)})
    assert stale.status_code == 400, "a token from before the entrance"
    told = {"about": "x", "locale": "", "csrf_token": token(visitor.get("/settings").text)}
    assert visitor.post("/settings/profile", data=told).status_code == 303
    assert cast.ada.about == "x"


def test_a_get_writes_nothing(app, cast, parts, visitor, browser_of):
    readers = [visitor, *map(browser_of, (cast.ada, cast.elena, cast.carla, cast.dario))]
    before = everything_stored()
    for path in addresses(app, "GET", parts):
        for reader in readers:
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = reader.open(path, method=method)
                assert answer.status_code < 500, path
    assert everything_stored() == before


def test_a_get_changes_nothing_where_only_a_post_would(app, cast, parts, visitor, browser_of):
    dario, before = browser_of(cast.dario), everything_stored()
    for path in post_only(app, parts):
        for reader in (visitor, dario):
            for method in ("GET", "HEAD"):
                answer = reader.open(path, method=method, query_string={"role": "admin", "reason": "r"})
                assert answer.status_code in {404, 405}, path
    assert everything_stored() == before


def test_a_method_that_is_not_known_is_refused_everywhere(app, cast, parts, visitor, browser_of):
    dario, before = browser_of(cast.dario), everything_stored()
    for path in addresses(app, "GET", parts):
        for method in ("TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "FOO", "G\u00c9T"):
            for reader in (visitor, dario):
                answer = reader.open(path, method=method)
                assert answer.status_code == 405, path
                assert "GET" in answer.headers["Allow"]
                assert "This address does not take what was sent to it." in answer.text
    assert everything_stored() == before


def test_no_override_makes_a_post_of_a_get(cast, browser_of):
    dario, before = browser_of(cast.dario), everything_stored()
    for way in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "POST"}, {"X-HTTP-Method": "POST"}):
        assert dario.get("/logout?_method=POST", headers=way).status_code == 405
    assert everything_stored() == before


def test_nobody_is_sent_elsewhere(app, cast, browser_of):
    ada, form = browser_of(cast.ada), {"login": "ada", "password": PASSWORD}
    for target in FOREIGN:
        query, name = {"next": target}, "wanderer" + "".join(secrets.choice("bdfhjkmp") for _ in range(8))
        guest = {"name": name, "email": "f@example.org", "password": PASSWORD, **gate.fields()}
        for answer in (
            ada.get("/login", query_string=query),
            app.test_client().get("/language/it", query_string=query),
            app.test_client().post("/login", data={**form, "next": target}),
            app.test_client().post("/login", query_string=query, data=form),
            app.test_client().post("/register", query_string=query, data=guest),
        ):
            assert answer.location in {"/", "/register/outside"} or answer.status_code == 404, repr(target)
            assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("target", ["/threads/1-a?after=3#r4", "/members/ada", "/a//b", "/?next=//x"])
def test_one_is_sent_on_within_the_site(cast, visitor, target):
    assert visitor.post("/login", data={"login": "ada", "password": PASSWORD, "next": target}).location == target


@pytest.mark.parametrize(
    "path", ["/settings", "/threads/new?theme=mistrust&x=1", "/pages/a%23b/en", "/essays/import?%C3%A8=%26"]
)
def test_whoever_has_to_log_in_first_comes_back_to_where_they_were_going(cast, visitor, path):
    door = visitor.get(path)
    assert (door.status_code, door.text) == (303, "")
    form = {"login": "ada", "password": PASSWORD, "next": visitor.get(door.location).text}
    form["next"] = re.search(r'name="next" type="hidden" value="([^"]*)"', form["next"])[1].replace("&amp;", "&")
    assert visitor.post("/login", data=form).location == path


def test_the_host_that_a_browser_names_reaches_no_page(app, cast, parts, browser_of):
    for number in range(35):
        make.thread(cast.ada, title=f"Thread {number}")
    make.unlimited()
    readers = [elsewhere(browser) for browser in (app.test_client(), browser_of(cast.ada), browser_of(cast.dario))]
    commands = [
        "_external=1",
        "_scheme=javascript&_external=1",
        "_scheme=javascript",
        "_anchor=x",
        "_method=PUT",
        "endpoint=x",
    ]
    for path in [*addresses(app, "GET", parts), "/threads?before=end", *(f"/threads?{c}" for c in commands)]:
        for reader in readers:
            answer = reader(path)
            assert answer.status_code < 500, path
            assert "evil" not in answer.text + str(answer.headers), path
            assert "javascript:" not in answer.text, path


def test_the_host_that_a_browser_names_reaches_no_invitation(app, cast, browser_of, monkeypatch):
    dario = elsewhere(browser_of(cast.dario))
    page = dario("/members/invitations", "POST")
    assert "/register?invite=" in page.text
    assert "evil" not in page.text
    monkeypatch.setitem(app.config, "ADDRESS", "https://forum.example")
    assert "https://forum.example/register?invite=" in dario("/members/invitations", "POST").text


def test_an_impossible_host_gets_a_page_of_ours(cast, visitor, browser_of):
    ada = browser_of(cast.ada)
    for host in ("a" * 70 + ".example", "..", "x" * 300, "[", "a b", "<script>", "a:b:c", "\xff\xfe", ""):
        for reader in (elsewhere(visitor, host), elsewhere(ada, host)):
            for path in ("/", "/settings", "/nothing"):
                answer = reader(path)
                assert answer.status_code in {200, 303, 400, 404}, repr(host)
                assert answer.status_code == 303 or "css/forum.css" in answer.text


def keys() -> set[str]:
    session().rollback()
    return set(session().scalars(select(Attempt.key).where(Attempt.act == "login-address")))


def test_an_address_in_a_header_is_not_believed_unless_a_proxy_is_trusted(app, cast, visitor):
    for number in range(3):
        spoofed = {
            "X-Forwarded-For": f"203.0.{number}.9",
            "Forwarded": f"for=203.0.{number}.9",
            "X-Real-IP": f"203.0.{number}.9",
        }
        visitor.post("/login", data={"login": f"nobody{number}", "password": "x"}, headers=spoofed)
    assert len(keys()) == 1
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert keys() == {limits.network()}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.200", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("::ffff:192.0.2.1", "::ffff:198.51.100.1", False),
        ("2001:db8:1::1", "2001:db8:1:ffff::2", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "unix:", True),
    ],
)
def test_a_network_is_counted_by_and_never_stored_as_it_is(app, one, other, same):
    found = []
    for address in (one, other):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            found.append(limits.network())
    assert (found[0] == found[1]) == same
    assert not any(address and address in key for address, key in zip((one, other), found, strict=True))


def test_links_for_the_host_are_made_of_what_the_host_configured(app, monkeypatch):
    monkeypatch.setitem(app.config, "ADDRESS", "https://forum.example")
    result = app.test_cli_runner().invoke(args=["member", "invite"])
    assert result.output.startswith("https://forum.example/register?invite=")
    assert tickets.LASTS["invite"].days == 14

"""Pages that are rendered once for all visitors: true at the next request, the same for everyone, never too many."""

import gzip
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum import create_app
from forum.core import clock, store
from forum.core.db import db
from forum.core.store import Store
from forum.threads.actions import changing, keeping
from tests import make
from tests.addresses import addresses, everything_stored, furnish

pytestmark = pytest.mark.one_database

PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def path(cast, thread):
    make.reply(cast.ada, thread, "A word of mine.")
    return f"/threads/{thread.id}-{thread.slug}"


@pytest.fixture
def kept(app) -> Store:
    return app.extensions["stores"]["visitors"]


def test_a_page_is_rendered_once_for_all(app, path, kept, statements):
    first = app.test_client().get(path)
    with statements() as found:
        second = app.test_client().get(path)
    assert second.data == first.data
    assert len(found) == 1
    assert "site" in found[0]
    assert len(kept.pages) == 1


def test_a_browser_that_has_the_page_is_told_so(visitor, path):
    first = visitor.get(path)
    again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert "Content-Length" not in again.headers
    assert visitor.get(path, headers={"If-None-Match": '"another", W/"one"'}).status_code == 200


def test_the_tag_changes_with_the_page_and_with_nothing_else(visitor, cast, thread, path):
    tag = visitor.get(path).headers["ETag"]
    make.thread(cast.ada)
    assert visitor.get(path).headers["ETag"] == tag
    make.reply(cast.bruno, thread, "And mine.")
    changed = visitor.get(path, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)
    assert "And mine." in changed.text


def test_head_says_what_get_would_without_the_page(visitor, path):
    for address in (path, "/nothing", "/login", "/favicon.ico"):
        head, get = visitor.head(address), visitor.get(address)
        assert (head.status_code, head.data) == (get.status_code, b"")
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
        assert head.headers.get("ETag") == get.headers.get("ETag")
        assert {*head.headers.keys()} - {"Set-Cookie"} == {*get.headers.keys()} - {"Set-Cookie"}


def test_a_head_before_any_get_keeps_the_whole_page(visitor, path):
    visitor.head(path)
    assert "A word of mine." in visitor.get(path).text


def test_a_page_is_compressed_for_whoever_takes_it_so(visitor, path):
    plain = visitor.get(path, headers=PLAIN)
    for _ in range(2):
        zipped = visitor.get(path, headers={"Accept-Encoding": "br, gzip"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.data) == plain.data
        assert int(zipped.headers["Content-Length"]) == len(zipped.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"Accept-Language": "it"}, "it"),
        ({"Accept-Language": "it-CH, en;q=0.5"}, "it"),
        ({"Accept-Language": "de, it;q=0.2"}, "it"),
        ({"Accept-Language": "de"}, "en"),
        ({"Accept-Language": "it;q=oops, ,;;=" + "x" * 5000}, None),
        ({"Cookie": "language=it"}, "it"),
        ({"Cookie": "language=en", "Accept-Language": "it"}, "en"),
        ({"Cookie": "language=xx", "Accept-Language": "it"}, "it"),
        ({"Cookie": "a b=c; language=it"}, "it"),
        ({"Cookie": 'x="unclosed; language=it'}, None),
        ({"Cookie": "language=it; language=en"}, None),
        ({"Cookie": '\xff\xfe=\xff; language="\\151t"'}, None),
        ({"Cookie": "language=it;;=;="}, "it"),
    ],
    ids=str,
)
def test_each_reader_is_answered_in_their_language_and_no_other_is(app, path, kept, headers, language):
    """However a header is read, the page that is kept under a language speaks it."""
    bare = app.test_client(use_cookies=False)
    page = bare.get(path, headers=headers).text
    if language:
        assert f'<html lang="{language}"' in page
    for (_path, _query, locale), found in kept.pages.items():
        assert f'<html lang="{locale}"' in found.value.body.decode()


def test_what_is_hidden_is_gone_at_the_next_request(visitor, cast, thread, path):
    reply = make.reply(cast.ada, thread, "Words that hurt.")
    assert "Words that hurt." in visitor.get(path).text
    keeping.hide_reply(reply, reason="It hurts.", by=cast.carla)
    assert "Words that hurt." not in visitor.get(path).text
    keeping.restore_reply(reply, reason="It does not.", by=cast.carla)
    assert "Words that hurt." in visitor.get(path).text
    changing.withdraw(reply, by=cast.ada)
    assert "Words that hurt." not in visitor.get(path).text


def test_a_thread_that_is_hidden_is_gone_from_every_page(app, visitor, cast):
    thread = make.thread(cast.ada, title="A thread that hurts")
    pages = ["/", "/threads", "/themes/mistrust", f"/threads/{thread.id}-{thread.slug}"]
    assert all("A thread that hurts" in visitor.get(page).text for page in pages)
    keeping.hide_thread(thread, reason="It hurts.", by=cast.carla)
    assert not any("A thread that hurts" in visitor.get(page).text for page in [*pages, "/moderation/log"])


def test_another_process_that_has_the_page_shows_the_change_too(app, database, cast, thread, path):
    other = create_app({"SQLALCHEMY_DATABASE_URI": database, "SQLITE_SYNCHRONOUS": "OFF"})
    other.test_client_class = app.test_client_class
    assert "And mine." not in other.test_client().get(path).text
    make.reply(cast.bruno, thread, "And mine.")
    assert "And mine." in other.test_client().get(path).text
    with other.app_context():
        db.engine.dispose()


def test_a_pin_that_ends_is_gone_within_a_minute(visitor, cast, monkeypatch):
    thread = make.thread(cast.ada)
    now = clock.now()
    keeping.pin(thread, scope="forum", reason="Read me first.", until=now + timedelta(hours=1), by=cast.carla)
    ticks = [1000.0]
    monkeypatch.setattr(store, "monotonic", lambda: ticks[0])
    assert "Read me first." in visitor.get("/threads").text
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1, seconds=1))
    ticks[0] += 60.1
    assert "Read me first." not in visitor.get("/threads").text


def test_a_visitor_is_given_no_cookie_and_leaves_no_trace(app, cast):
    parts = furnish(cast)
    before = everything_stored()
    visitor = app.test_client()
    for path in addresses(app, "GET", parts):
        answer = visitor.get(path)
        asked_for = path.startswith(("/language/", "/login", "/register", "/reset/"))
        assert asked_for or "Set-Cookie" not in answer.headers, path
    assert everything_stored() == before


def test_a_form_with_a_token_is_kept_for_nobody_else(app, kept, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for path in ("/login", "/register", "/login?next=/x"):
        one, other = app.test_client().get(path), app.test_client().get(path)
        assert "Set-Cookie" in one.headers
        assert one.text != other.text
    assert not kept.pages


def test_only_whole_pages_that_anyone_may_see_are_kept(app, cast, browser_of, kept):
    parts = furnish(cast)
    for reader in (app.test_client(), browser_of(cast.ada), browser_of(cast.dario)):
        for path in [*addresses(app, "GET", parts), "/nothing"]:
            reader.get(path)
    for found in kept.pages.values():
        assert b"/logout" not in found.value.body
        assert b"csrf_token" not in found.value.body
        assert "no-cache" in dict(found.value.headers)["Cache-Control"]


def test_pages_under_any_number_of_addresses_take_no_more_than_their_room(app, visitor, kept, monkeypatch):
    monkeypatch.setattr(kept, "most", 300_000)
    for number in range(80):
        visitor.get(f"/robots.txt?{number}{'x' * 6_000}")
        visitor.get(f"/about?{number}")
    taken = sum(len(found.value.body) + sum(map(len, key)) for key, found in kept.pages.items())
    assert taken < 300_000
    assert kept.size <= 300_000
    assert 10 < len(kept.pages) < 100


def test_what_was_asked_for_last_is_kept_longest(app, visitor, kept, monkeypatch):
    monkeypatch.setattr(kept, "most", 100_000)
    visitor.get("/help")
    for number in range(60):
        visitor.get(f"/about?{number}")
        visitor.get("/help")
    assert any(key[0] == "/help" for key in kept.pages)
    assert not any(key[:2] == ("/about", "0") for key in kept.pages)


sizes = st.integers(0, 60_000)


@given(st.lists(st.tuples(st.integers(0, 9), sizes, st.integers(0, 3))), st.integers(0, 100_000))
def test_a_store_is_never_larger_than_it_may_be_and_never_gives_what_is_no_longer_true(puts, most):
    pages: Store[int] = Store(most)
    for key, size, pulse in puts:
        pages.put((str(key),), pulse, pulse, size)
        assert pages.size <= most
        assert pages.size == sum(page.size for page in pages.pages.values())
        for asked in range(4):
            assert pages.get((str(key),), asked) in ({None} if asked != pulse else {pulse, None})
    pages.forget()
    assert (pages.size, len(pages.pages)) == (0, 0)

"""Pages that are rendered once for all members: nothing of one member reaches another's."""

import re

import pytest

from forum.accounts.actions import roles
from forum.core import shared
from forum.core.shared import EVERY_MEMBER, hole
from forum.threads.actions import keeping
from tests import make
from tests.addresses import addresses, furnish
from tests.page_forms import forms, token

pytestmark = pytest.mark.one_database

UNFILLED = re.compile(r"hole[0-9a-f]{16}")


@pytest.fixture
def path(cast, thread):
    make.reply(cast.ada, thread, "A word of mine.")
    return f"/threads/{thread.id}-{thread.slug}"


@pytest.fixture
def asks(app, monkeypatch):
    """Have the application ask for tokens, as it does outside the tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def test_a_page_is_rendered_once_for_all_members(asks, cast, browser_of, path, monkeypatch):
    rendered = []
    monkeypatch.setattr(shared, "_cut", lambda page, cut=shared._cut: rendered.append(page) or cut(page))
    for who in (cast.ada, cast.bruno, cast.ada):
        assert browser_of(who).get(path).status_code == 200
    assert len(rendered) == 1


def test_each_finds_their_own_name_token_and_form(asks, cast, browser_of, path):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    bruno.get(path)
    pages = {"ada": ada.get(path).text, "bruno": bruno.get(path).text}
    tokens = {name: token(page) for name, page in pages.items()}
    keys = {name: re.findall(r'name="form_key"[^>]*value="(\w+)"', page) for name, page in pages.items()}
    assert tokens["ada"] != tokens["bruno"]
    assert keys["ada"] != keys["bruno"]
    assert all(len(found) == 1 for found in keys.values())
    assert "/members/bruno" not in pages["ada"]
    assert tokens["bruno"] not in pages["ada"]
    assert pages["ada"].count("/edit") == 1
    assert "/edit" not in pages["bruno"]


@pytest.fixture
def asked(monkeypatch):
    """Return what the filler of each kind is asked, in order: (kind, the reader's name, details)."""
    heard = []

    def listening(kind, fill):
        return lambda member, details: heard.append((kind, member.name, details)) or fill(member, details)

    monkeypatch.setattr(shared, "FILLERS", {kind: listening(kind, fill) for kind, fill in shared.FILLERS.items()})
    return heard


def test_a_filler_is_asked_once_for_all_of_its_places_on_a_page(asked, cast, browser_of, thread, path):
    replies = [make.reply(who, thread, "More.") for who in (cast.ada, cast.bruno, cast.ada)]
    for reader in (cast.ada, cast.bruno, cast.carla):
        asked.clear()
        page = browser_of(reader).get(path).text
        kinds = ["csrf", "drafts", "key", "level", "listening", "me", "muted", "new", "notices", "own", "waiting"]
        assert sorted(kind for kind, *_rest in asked) == kinds
        _kind, name, details = next(told for told in asked if told[0] == "own")
        assert name == reader.name
        assert set(details) >= {(str(r.id), str(r.author_id), "standing", "None") for r in replies}
        assert len(details) == len(replies) + 1
        assert [f"/replies/{r.id}/edit" in page for r in replies] == [r.author_id == reader.id for r in replies]


def test_what_a_hole_is_told_is_not_in_the_page_and_reaches_its_filler_whole(app, cast, monkeypatch):
    words = ("<b>&", "a.b", "", "0", 'è"')
    monkeypatch.setitem(shared.FILLERS, "echo", lambda _who, details: [str(len("".join(one))) for one in details])
    with app.test_request_context():
        marked = str(hole("echo", *words)), str(hole("echo", None, 7))
        parts = shared._cut(f"x{marked[0]}y{marked[1]}{marked[0]}")
        assert UNFILLED.match(marked[0])
        assert parts.kinds == [("echo", (1, 3, 5), (words, ("None", "7"), words))]
        assert shared._filled(parts, cast.ada) == b"x10y510"
        monkeypatch.setitem(shared.FILLERS, "echo", lambda _who, _details: ["too few"])
        with pytest.raises(ValueError, match="shorter"):
            shared._filled(parts, cast.ada)


def test_what_most_find_is_put_together_once_and_stands_where_a_filler_says_nothing_else(app, cast, monkeypatch):
    monkeypatch.setitem(shared.FILLERS, "echo", lambda _who, _details: [None, "", "mine"])
    monkeypatch.setitem(shared.MOST_FIND, "echo", lambda details: [word.upper() for (word,) in details])
    with app.test_request_context():
        parts = shared._cut("-".join(str(hole("echo", word)) for word in "abc"))
        monkeypatch.setitem(shared.MOST_FIND, "echo", lambda _details: pytest.fail("asked again"))
        assert shared._filled(parts, cast.ada) == shared._filled(parts, cast.ada) == b"A--mine"


def test_the_forms_on_it_go_through(asks, cast, browser_of, path):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    ada.get(path)
    form = next(form for form in forms(bruno.get(path).text, path) if form.action.endswith("/replies"))
    sent = bruno.post(form.action, data={**form.fields, "kind": "lived", "theme": "mistrust", "body": "And mine."})
    assert sent.status_code == 303
    assert "And mine." in ada.get(path).text


def test_no_place_is_left_unfilled_on_any_page_for_anyone(app, cast, browser_of):
    parts = furnish(cast)
    readers = [app.test_client(), *map(browser_of, (cast.ada, cast.bruno, cast.elena, cast.carla, cast.dario))]
    for reader in readers:
        for address in [*addresses(app, "GET", parts), "/nothing", "/threads/99999", "/threads?theme=nothing"]:
            assert not UNFILLED.search(reader.get(address).text), address


def test_who_keeps_something_finds_a_page_of_their_own(cast, browser_of):
    thread = make.thread(cast.ada)
    address = f"/threads/{thread.id}-{thread.slug}"
    ada, elena, carla = map(browser_of, (cast.ada, cast.elena, cast.carla))
    for reader, keeps in ((elena, True), (ada, False), (carla, True), (ada, False)):
        assert (f"{address}/lock" in reader.get(address).text) == keeps
    roles.appoint(cast.ada, make.theme().id, by=cast.dario)
    assert f"{address}/lock" in ada.get(address).text
    roles.dismiss(cast.ada, make.theme().id, by=cast.dario)
    assert f"{address}/lock" not in ada.get(address).text


def test_the_words_of_a_hidden_reply_stay_with_their_author_and_staff(cast, browser_of, thread, path):
    reply = make.reply(cast.ada, thread, "Words that hurt.")
    keeping.hide_reply(reply, reason="They hurt.", by=cast.carla)
    for order in ((cast.carla, cast.ada, cast.bruno), (cast.bruno, cast.ada, cast.carla)):
        seen = {who.name: "Words that hurt." in browser_of(who).get(path).text for who in order}
        assert (seen["bruno"], seen["carla"]) == (False, True)


def test_a_message_is_for_the_one_it_was_meant_for(cast, browser_of):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    ada.get("/about")
    ada.post("/settings/profile", data={"about": "", "locale": ""})
    assert "Saved." in ada.get("/about").text
    assert "Saved." not in bruno.get("/about").text
    assert "Saved." not in ada.get("/about").text


def test_each_is_answered_in_their_own_language(cast, browser_of):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    ada.post("/settings/profile", data={"about": "", "locale": "it"})
    ada.get("/settings")
    for reader, language in ((ada, "it"), (bruno, "en"), (ada, "it")):
        assert f'<html lang="{language}">' in reader.get("/threads").text
    assert '<html lang="it">' in bruno.get("/threads", headers={"Accept-Language": "it"}).text


def test_whoever_stands_for_every_member_is_nobody_and_may_nothing():
    assert EVERY_MEMBER.is_authenticated
    assert not EVERY_MEMBER.id
    assert (EVERY_MEMBER.name, EVERY_MEMBER.role) == ("", "member")
    rights = [EVERY_MEMBER.moderates, EVERY_MEMBER.administers, EVERY_MEMBER.facilitates(1)]
    assert rights == [False] * 3

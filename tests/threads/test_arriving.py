"""How many replies came to a thread since its page was served."""

import re

import pytest

from forum.accounts.actions import muting
from forum.threads import arrivals
from forum.threads.actions import changing, keeping
from tests import make


@pytest.fixture
def own(cast):
    thread = make.thread(cast.ada)
    make.reply(cast.ada, thread)
    return thread


def asked(page: str) -> str:
    """Return the address that an open page asks at."""
    found = re.search(r'data-asked="([^"]+)"', page)
    assert found
    return found[1]


def test_a_page_that_stands_open_learns_what_others_wrote_since(cast, own, visitor, browser_of):
    readers = {"visitor": visitor, "ada": browser_of(cast.ada), "carla": browser_of(cast.carla)}
    at = {name: asked(client.get(f"/threads/{own.id}-{own.slug}").text) for name, client in readers.items()}
    assert {name: client.get(at[name]).json["count"] for name, client in readers.items()} == dict.fromkeys(readers, 0)
    first = make.reply(cast.bruno, own)
    make.answer(cast.ada, first)
    make.reply(cast.ada, make.thread(cast.bruno))
    told = {name: client.get(at[name]).json for name, client in readers.items()}
    both = {"count": 2, "first": first.id}
    assert told == {"visitor": both, "carla": both, "ada": {"count": 1, "first": first.id}}


def test_what_is_hidden_withdrawn_or_of_someone_muted_does_not_count(cast, own, visitor, browser_of):
    bruno = browser_of(cast.bruno)
    at = asked(bruno.get(f"/threads/{own.id}-{own.slug}").text)
    hidden, taken, of_elena = (make.reply(who, own) for who in (cast.ada, cast.ada, cast.elena))
    keeping.hide_reply(hidden, reason="Not here.", by=cast.carla)
    changing.withdraw(taken, by=cast.ada)
    assert visitor.get(at).json == bruno.get(at).json == {"count": 1, "first": of_elena.id}
    muting.mute(cast.elena, by=cast.bruno)
    assert bruno.get(at).json == {"count": 0, "first": None}


def test_whoever_may_not_see_a_thread_is_told_nothing_of_it(cast, own, visitor, browser_of):
    at = f"/threads/{own.id}/arrivals?after=0"
    assert visitor.get(at).status_code == browser_of(cast.bruno).get(at).status_code == 200
    keeping.hide_thread(own, reason="Off.", by=cast.carla)
    assert visitor.get(at).status_code == browser_of(cast.bruno).get(at).status_code == 404
    assert browser_of(cast.carla).get(at).json["count"] == 1
    assert visitor.get("/threads/999/arrivals?after=0").status_code == 404


def test_what_has_not_changed_is_not_told_again(cast, own, visitor, browser_of, statements):
    at = asked(visitor.get(f"/threads/{own.id}-{own.slug}").text)
    for client, costs in ((visitor, (2, 1)), (browser_of(cast.bruno), (2, 2))):
        with statements() as found:
            first = client.get(at)
        with statements() as again:
            unchanged = client.get(at, headers={"If-None-Match": first.headers["ETag"]})
        assert (len(found), len(again)) == costs
        assert (len(first.data) < 40, unchanged.status_code, unchanged.data) == (True, 304, b"")
        make.reply(cast.ada, own)
        assert client.get(at, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.one_database
def test_no_more_are_counted_than_are_told(cast, own, visitor, monkeypatch):
    monkeypatch.setattr(arrivals, "MOST", 2)
    arrivals._since.cache_clear()
    for _ in range(3):
        make.reply(cast.ada, own)
    assert visitor.get(f"/threads/{own.id}/arrivals?after=0").json["count"] == 2
    arrivals._since.cache_clear()


@pytest.mark.one_database
@pytest.mark.parametrize("after", ["", "x", "-5", "99999999999999999999"])
def test_after_an_odd_reply_there_is_an_answer_all_the_same(own, visitor, after):
    assert visitor.get(f"/threads/{own.id}/arrivals?after={after}").status_code == 200


@pytest.mark.one_database
def test_a_form_that_is_shown_again_knows_what_stands_there(cast, own, browser_of):
    shown = browser_of(cast.bruno).post(f"/threads/{own.id}-{own.slug}/replies", data={"body": ""})
    assert shown.status_code == 422
    assert asked(shown.text) == f"/threads/{own.id}/arrivals?after={make.reply(cast.ada, own).id - 1}"


@pytest.mark.one_database
def test_the_link_to_a_reply_keeps_the_order_of_the_page_that_gave_it(cast, own, visitor):
    reply = make.reply(cast.bruno, own)
    place = f"/threads/{own.id}-{own.slug}"
    assert visitor.get(f"/replies/{reply.id}?order=newest").location == f"{place}?order=newest#r{reply.id}"
    assert visitor.get(f"/replies/{reply.id}?order=odd").location == f"{place}#r{reply.id}"

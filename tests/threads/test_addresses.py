"""Links that last: to a thread, to a reply wherever it stands now, and what stands at an address that is nobody's to use."""

import pytest

from forum.core.db import Site, session
from forum.threads.actions import changing, keeping, opening
from tests import make
from tests.threads.many import many

pytestmark = pytest.mark.one_database


def lands_on(client, reply_id: int) -> str:
    """Follow a reply's link; return the address it leads to, having seen that the reply stands there."""
    answer = client.get(f"/replies/{reply_id}")
    assert answer.status_code == 302
    address, _, anchor = answer.headers["Location"].partition("#")
    page = client.get(address)
    assert page.status_code == 200
    assert anchor == f"r{reply_id}"
    assert page.text.count(f'id="r{reply_id}"') == 1
    return address


def test_a_link_to_a_reply_leads_to_its_page(cast, thread, visitor):
    ids = many(thread, cast.ada, 130)
    place = f"/threads/{thread.id}-{thread.slug}"
    assert lands_on(visitor, ids[0]) == lands_on(visitor, ids[49]) == f"{place}?order=written"
    for reply_id in (ids[50], ids[51], ids[99], ids[100], ids[129]):
        assert lands_on(visitor, reply_id).startswith(f"{place}?order=written&after=")


def test_a_link_to_a_reply_of_a_short_thread_leads_to_the_thread(cast, thread, visitor):
    ids = many(thread, cast.ada, 50)
    assert {lands_on(visitor, reply_id) for reply_id in ids[::7]} == {f"/threads/{thread.id}-{thread.slug}"}


def test_a_reply_further_on_stands_in_its_context(cast, thread, visitor):
    ids = many(thread, cast.ada, 70)
    page = visitor.get(lands_on(visitor, ids[60])).text
    assert all(f'id="r{before}"' in page for before in ids[56:60])


def test_a_link_to_an_answer_leads_to_where_it_is_shown(cast, thread, visitor):
    many(thread, cast.ada, 60)
    root = make.reply(cast.ada, thread)
    ids = many(thread, cast.bruno, 120, under=root)
    for reply_id in (ids[0], ids[9]):
        assert lands_on(visitor, reply_id).startswith(f"/threads/{thread.id}-")
    for reply_id in (ids[10], ids[49], ids[50], ids[51], ids[119]):
        assert lands_on(visitor, reply_id).startswith(f"/replies/{root.id}/answers")


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
@pytest.mark.parametrize("level", ["reply", "answer"])
def test_a_link_to_what_does_not_stand_leads_to_its_stub(cast, thread, visitor, state, level):
    if level == "answer":
        reply = make.answer(cast.ada, make.reply(cast.ada, thread), "Gone.")
    else:
        reply = make.reply(cast.ada, thread, "Gone.")
    if state == "withdrawn":
        changing.withdraw(reply, by=cast.ada)
    else:
        keeping.hide_reply(reply, reason="Not here.", by=cast.carla)
    page = visitor.get(lands_on(visitor, reply.id)).text
    assert "This reply was withdrawn" in page or "This reply is hidden" in page
    assert "Gone." not in page


@pytest.mark.parametrize("path", [
    "/replies/2000000000", "/replies/2000000000/answers", "/threads/2000000000", "/threads/2000000000-what",
    "/threads/2000000000/replies",
    f"/replies/{10**25}", f"/threads/{2**31}", f"/threads/{10**18}", f"/threads/{10**25}", "/replies/-1", "/threads/x", "/themes/x",
    "/threads/1?theme=x", "/threads/1?passage=p99", "/threads?theme=x", "/members/nobody",
])  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(thread, visitor, path):
    path = path.replace("/threads/1?", f"/threads/{thread.id}-{thread.slug}?")
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "There is no such page, or it is not for everyone." in answer.text


def test_a_thread_is_found_by_its_number_and_told_by_its_title(cast, visitor):
    thread = make.thread(cast.ada, title="A bench: by the River!")
    place = f"/threads/{thread.id}-a-bench-by-the-river"
    for short in (f"/threads/{thread.id}", f"/threads/{thread.id}-", f"/threads/{thread.id}-something-else"):
        answer = visitor.get(short)
        assert (answer.status_code, answer.headers["Location"]) == (301, place)
    opening.edit_thread(thread, title="Two benches", source="Come.", by=cast.ada)
    assert visitor.get(place).headers["Location"] == f"/threads/{thread.id}-two-benches"


@pytest.mark.parametrize("title", ["河邊的長椅", "!?", "🙂", "-", "x" * 150, "ä ö ü", "a\u0301"])
def test_every_title_gives_an_address_that_works(cast, visitor, title):
    thread = make.thread(cast.ada, title=title)
    answer = visitor.get(f"/threads/{thread.id}", follow_redirects=True)
    assert answer.status_code == 200
    assert title in answer.text


QUERIES = (
    "reference=2",
    "endpoint=x",
    "_external=1",
    "_scheme=javascript",
    "_method=POST",
    "_anchor=x",
    "values=1",
    "a=1&a=2",
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_carried_along_and_obeyed_by_nothing(cast, thread, visitor, query):
    many(thread, cast.ada, 60)
    answer = visitor.get(f"/threads/{thread.id}?{query}")
    assert answer.headers["Location"] == f"/threads/{thread.id}-{thread.slug}?{query}"
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200
    further = page.text.partition('rel="next" href="')[2].partition('"')[0]
    assert further.startswith(f"/threads/{thread.id}-{thread.slug}?")
    assert visitor.get(f"/themes/mistrust?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=1e9", f"after={10**30}", "after=٣", "before=", "after=0", "before=0"]
)
def test_a_place_that_is_none_is_still_a_page(cast, thread, visitor, query):
    make.reply(cast.ada, thread)
    for path in (
        f"/threads/{thread.id}-{thread.slug}",
        "/threads",
        "/themes/mistrust",
        "/moderation/log",
        "/members/ada",
    ):
        assert visitor.get(f"{path}?{query}").status_code == 200


OTHERS = [
    "/replies/{reply}/edit",
    "/replies/{reply}/withdraw",
    "/replies/{reply}/hide",
    "/threads/{thread}/edit",
    "/threads/{thread}/lock",
    "/threads/{thread}/pin",
    "/threads/{thread}/hide",
]
FILLED = {"reason": "Mine.", "scope": "theme", "body": "Mine.", "title": "Mine.", "kind": "lived"}


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_anothers_is_refused_and_stays(cast, browser_of, visitor, path):
    thread = make.thread(cast.ada, text="Ada's own.")
    reply = make.reply(cast.ada, thread, "Ada's own.")
    path = path.format(thread=thread.id, reply=reply.id)
    before = session().get_one(Site, 1).pulse
    bruno = browser_of(cast.bruno)
    for answer in (bruno.get(path), bruno.post(path, data=FILLED)):
        assert answer.status_code == 403
        assert "Ada's own." not in answer.text.partition("<form")[0]
    assert visitor.get(path).headers["Location"].startswith("/login?next=")
    assert visitor.post(path, data=FILLED).status_code == 401
    assert session().get_one(Site, 1).pulse == before


def test_a_facilitator_does_not_keep_the_threads_of_another_theme(cast, browser_of):
    thread = make.thread(cast.ada, key="polarization")
    elena = browser_of(cast.elena)
    for act in ("lock", "pin", "hide"):
        assert elena.post(f"/threads/{thread.id}/{act}", data=FILLED).status_code == 403
    assert (thread.locked, thread.pinned, thread.state) == (False, False, "standing")

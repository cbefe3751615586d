"""What is new for a member: what was really shown is not, whatever the page, and nobody else is told."""

import re
from datetime import timedelta

import pytest

from forum.core import clock, holdings
from forum.core.db import session
from forum.core.store import forget_pages
from forum.notices import queries
from forum.notices.actions import seeing
from forum.notices.models import Seen, Tie
from forum.threads.actions import changing, keeping, moving
from tests import make
from tests.threads.many import many

NEW = '<span class="new">new</span>'


@pytest.fixture
def look(browser_of):
    """Return a function that opens a page as a member does whose browser shows all, or only some, of its replies."""

    def looked(member, path, *, shown=None):
        browser = browser_of(member)
        page = browser.get(path, follow_redirects=True).text
        told = re.search(r'data-scope="(\w+)" data-id="(\d+)"', page)
        here = re.findall(r'<article class="reply" id="r(\d+)"', page) if shown is None else map(str, shown)
        sent = browser.post("/notices/seen", data={told[1]: told[2], "replies": ".".join(here)})
        assert sent.status_code == 204
        return page

    return looked


def marked(page):
    return [int(id_) for id_, rest in re.findall(r'id="r(\d+)"(.*?)</h\d>', page, re.DOTALL) if NEW in rest]


def since(page):
    found = re.search(r'<p class="since">(.*?) <a href="(.*?)">', page)
    return found.groups() if found else None


def test_nothing_is_new_on_the_first_visit(cast, thread, look):
    make.reply(cast.ada, thread)
    page = look(cast.bruno, f"/threads/{thread.id}")
    assert (marked(page), since(page)) == ([], None)


def test_what_others_wrote_since_is_new_until_it_was_shown(cast, thread, look):
    place = f"/threads/{thread.id}"
    make.reply(cast.ada, thread)
    look(cast.bruno, place)
    make.reply(cast.bruno, thread, "My own.")
    fresh = [make.reply(cast.ada, thread, "Later.").id, make.reply(cast.carla, thread, "Later still.").id]
    page = look(cast.bruno, place, shown=fresh[:1])
    assert since(page) == ("2 new since you were here.", f"#r{fresh[0]}")
    assert sorted(marked(page)) == fresh
    page = look(cast.bruno, place)
    assert since(page) == ("1 new since you were here.", f"#r{fresh[1]}")
    assert marked(page) == fresh[1:]
    page = look(cast.bruno, place)
    assert (marked(page), since(page)) == ([], None)


def test_each_finds_what_is_new_for_them_on_the_same_page(cast, thread, look):
    place = f"/threads/{thread.id}"
    for who in (cast.ada, cast.bruno, cast.carla):
        look(who, place)
    make.reply(cast.ada, thread)
    assert "1 new since" in look(cast.bruno, place)
    assert "new since" not in look(cast.ada, place)
    assert "new since" not in look(cast.elena, place)
    assert "1 new since" in look(cast.carla, place)
    assert "new since" not in look(cast.bruno, place)


@pytest.mark.parametrize("order", ["", "&order=written", "&order=newest"])
def test_a_page_marks_nothing_of_the_other_pages(cast, thread, look, order):
    many(thread, cast.ada, 120)
    place = f"/threads/{thread.id}?x=1{order}"
    first = look(cast.bruno, place)
    shown = set(map(int, re.findall(r'class="reply" id="r(\d+)"', first)))
    assert len(shown) == 50
    page = look(cast.bruno, place, shown=[])
    assert since(page)[0] == "70 that you have not seen yet."
    assert set(marked(page)) & shown == set()
    after = re.search(r'rel="next" href="[^"?]*\?([^"#]*)', first)[1].replace("&amp;", "&")
    other = look(cast.bruno, f"/threads/{thread.id}?{after}")
    rest = set(map(int, re.findall(r'class="reply" id="r(\d+)"', other)))
    assert set(marked(other)) == rest
    assert since(look(cast.bruno, place, shown=[]))[0] == "20 that you have not seen yet."


def test_answers_that_a_thread_does_not_show_stay_new(cast, thread, look):
    root = make.reply(cast.ada, thread)
    look(cast.bruno, f"/threads/{thread.id}")
    answers = [make.answer(cast.ada, root).id for _ in range(12)]
    look(cast.bruno, f"/threads/{thread.id}")
    page = look(cast.bruno, f"/replies/{root.id}/answers")
    assert marked(page) == answers[10:]
    assert since(page) == ("2 new since you were here.", f"#r{answers[10]}")
    assert since(look(cast.bruno, f"/threads/{thread.id}")) is None


def test_what_was_seen_in_its_thread_is_not_new_under_its_theme(cast, thread, look):
    look(cast.bruno, "/themes/mistrust")
    look(cast.bruno, f"/threads/{thread.id}")
    seen, unseen = make.reply(cast.ada, thread), make.reply(cast.ada, make.thread(cast.ada))
    make.answer(cast.ada, seen, "Answers are read in their thread.")
    look(cast.bruno, f"/threads/{thread.id}")
    page = look(cast.bruno, "/themes/mistrust")
    assert (since(page), marked(page)) == (("1 new since you were here.", f"#r{unseen.id}"), [unseen.id])
    assert since(look(cast.bruno, "/themes/mistrust")) is None


def test_many_new_ones_are_not_counted_to_the_end(cast, thread, look, browser_of):
    look(cast.bruno, f"/threads/{thread.id}")
    many(thread, cast.ada, 130)
    page = look(cast.bruno, f"/threads/{thread.id}?order=newest", shown=[])
    assert since(page)[0] == "100 or more that you have not seen."
    assert "100 or more that you have not seen" in browser_of(cast.bruno).get("/").text
    assert len(marked(page)) == 50


def test_what_is_withdrawn_or_hidden_is_not_new(cast, thread, look):
    place = f"/threads/{thread.id}"
    look(cast.bruno, place)
    gone, hidden, stays = (make.reply(cast.ada, thread) for _ in range(3))
    changing.withdraw(gone, by=cast.ada)
    keeping.hide_reply(hidden, reason="A look.", by=cast.carla)
    page = look(cast.bruno, place, shown=[])
    assert (since(page)[0], marked(page)) == ("1 new since you were here.", [stays.id])


def test_the_front_page_says_where_something_is_new(cast, thread, look, browser_of):
    other, strange = make.thread(cast.ada, title="Another"), make.thread(cast.ada, title="Where bruno never was")
    for place in (thread, other):
        look(cast.bruno, f"/threads/{place.id}")
    assert "New for you" not in browser_of(cast.bruno).get("/").text
    first = make.reply(cast.ada, other)
    for place in (other, thread, strange):
        make.reply(cast.carla, place)
    told = browser_of(cast.bruno).get("/").text.partition("New for you")[2].partition("</section>")[0]
    rows = re.findall(r'<bdi>(.*?)</bdi>.*?href="/replies/(\d+)">(.*?)</a>', told, re.DOTALL)
    assert [(title, count) for title, _first, count in rows] == [(thread.title, "1 new"), ("Another", "2 new")]
    assert rows[1][1] == str(first.id)
    for reader in (cast.ada, cast.elena):
        assert "New for you" not in browser_of(reader).get("/").text
    keeping.hide_thread(other, reason="A look.", by=cast.carla)
    assert "Another" not in browser_of(cast.bruno).get("/").text


def test_a_browser_without_javascript_asks_for_a_picture_and_what_was_served_is_seen(cast, thread, browser_of):
    make.reply(cast.ada, thread)
    bruno = browser_of(cast.bruno)
    page = bruno.get(f"/threads/{thread.id}", follow_redirects=True).text
    picture = re.search(r'<noscript><img src="(.*?)"', page)[1].replace("&amp;", "&")
    assert session().query(Seen).count() == 0
    elsewhere = bruno.get(picture, headers={"Sec-Fetch-Site": "cross-site"})
    elsewhere.close()
    assert (elsewhere.status_code, session().query(Seen).count()) == (404, 0)
    served = bruno.get(picture, headers={"Sec-Fetch-Site": "same-origin"})
    assert (served.status_code, session().query(Seen).count()) == (204, 0)
    served.close()
    session().rollback()
    assert session().query(Seen).count() == 1
    make.reply(cast.ada, thread)
    assert "1 new since you were here." in bruno.get(f"/threads/{thread.id}", follow_redirects=True).text


def test_only_what_one_may_see_can_be_marked(cast, thread, browser_of):
    hidden, elsewhere = make.thread(cast.ada), make.reply(cast.ada, make.thread(cast.ada))
    reply = make.reply(cast.ada, hidden)
    keeping.hide_thread(hidden, reason="A look.", by=cast.carla)
    bruno = browser_of(cast.bruno)
    for told in (
        {"thread": hidden.id, "replies": reply.id},
        {"thread": 99_999},
        {"theme": 99_999},
        {"thread": "x"},
        {},
    ):
        assert bruno.post("/notices/seen", data=told).status_code == 404
    assert (
        bruno.post("/notices/seen", data={"thread": thread.id, "replies": f"{elsewhere.id}.99999"}).status_code == 204
    )
    assert session().query(Seen).count() == 0
    assert session().query(Tie).filter_by(member_id=cast.bruno.id).count() == 1


def test_a_message_that_says_nothing_new_writes_nothing(cast, thread, statements):
    reply = make.reply(cast.ada, thread)
    seeing.see(cast.bruno.id, "thread", thread.id, [reply.id])
    with statements() as found:
        seeing.see(cast.bruno.id, "thread", thread.id, [reply.id])
    assert all(one.startswith("SELECT") for one in found)


def test_marks_say_up_to_where_all_is_seen(cast, thread):
    replies = [make.reply(cast.ada, thread).id for _ in range(5)]
    seeing.see(cast.bruno.id, "thread", thread.id, [replies[0], replies[3]])
    assert queries.tie(cast.bruno.id, "thread", thread.id).upto == replies[1] - 1
    seeing.see(cast.bruno.id, "thread", thread.id, replies[1:3])
    assert queries.tie(cast.bruno.id, "thread", thread.id).upto == replies[4] - 1
    seeing.see(cast.bruno.id, "thread", thread.id, replies)
    assert queries.tie(cast.bruno.id, "thread", thread.id).upto == replies[4]


def test_marks_are_kept_for_a_year_and_more_and_then_go(cast, thread, monkeypatch):
    reply, at = make.reply(cast.ada, thread), clock.now()
    followed = make.thread(cast.bruno)
    for place in (thread, followed):
        seeing.see(cast.bruno.id, "thread", place.id, [reply.id])
    ties = session().query(Tie).filter_by(member_id=cast.bruno.id).order_by(Tie.scope_id)
    for later, left in ((timedelta(days=366), [True, True]), (timedelta(days=401), [False])):
        monkeypatch.setattr(clock, "now", lambda moment=at + later: moment)
        seeing.forget(clock.now() - holdings.HOLDINGS["seen"].lasts)
        assert session().query(Seen).count() == len(left) - 1
        assert [tie.seen_at is not None for tie in ties] == left
    assert ties.one().level == "follow"


def test_a_reply_that_was_seen_stays_so_wherever_it_is_moved(cast, thread, look):
    into = make.thread(cast.ada)
    look(cast.bruno, f"/threads/{into.id}")
    seen, unseen = make.reply(cast.ada, thread), make.reply(cast.ada, thread)
    look(cast.bruno, f"/threads/{thread.id}", shown=[seen.id])
    for reply in (seen, unseen):
        moving.move_reply(reply, into=into, theme=make.theme(), reason="It belongs there.", by=cast.carla)
    assert marked(look(cast.bruno, f"/threads/{into.id}")) == [unseen.id]


def test_what_is_new_costs_so_many_statements_however_much_it_is(app, cast, thread, look, browser_of, statements):
    pages = {f"/threads/{thread.id}-{thread.slug}": (2, 2, 3), "/themes/mistrust": (2, 2, 3)}
    for path in pages:
        look(cast.bruno, path)
    bruno = browser_of(cast.bruno)
    for count, nth in ((1, 1), (130, 2)):
        many(thread, cast.ada, count)
        for path, expected in pages.items():
            forget_pages(app)
            bruno.get(path)
            with statements() as found:
                page = bruno.get(path).text
            assert since(page), path
            assert len(found) == expected[nth], f"{path} at {count}"

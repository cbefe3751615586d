from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from forum.core import clock
from forum.core.db import session
from forum.core.store import forget_pages
from forum.essays.actions import publish
from forum.feeds import queries
from forum.threads.actions import changing, keeping, moving, opening
from forum.threads.models import Thread
from tests import make
from tests.feeds.rfc4287 import ATOM, feed, links, word, words
from tests.threads.many import many

pytestmark = pytest.mark.one_database

FORUM, THEME, MEMBER = "/feeds/forum.atom", "/feeds/themes/mistrust.atom", "/feeds/members/ada.atom"
HERE = "http://127.0.0.1:5000"
HOSTILE = """</content><script>alert("&amp;")</script> ]]> & 'x' \u202e\u2066 & <![CDATA[ é 🌉"""


@pytest.fixture
def own(cast):
    return make.thread(cast.ada, title="A bench by the river", text="Come and *sit*.")


def of(thread: Thread) -> str:
    return f"/feeds/threads/{thread.id}.atom"


def read(client, path: str, **headers: str):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return feed(answer.data)


@pytest.mark.every_database
def test_every_feed_is_valid_and_holds_what_it_says(cast, visitor, thread, own):
    root = make.reply(cast.bruno, thread, "From *one* bank.", passage=2)
    answer = make.answer(cast.ada, root, "From the other.")
    make.reply(cast.bruno, own, "I sat there.")
    make.reply(cast.ada, thread, "Another matter.", key="polarization")
    said = {path: words(read(visitor, path), "entry/title") for path in (FORUM, THEME, MEMBER, of(thread), of(own))}
    bridges, bench = "On Bridges", "A bench by the river"
    assert sorted(said[FORUM]) == sorted(
        [f"ada in {bridges}"] * 2 + [f"bruno in {bridges}", f"bruno in {bench}", bench, bridges]
    )
    assert sorted(said[THEME]) == sorted([f"bruno in {bridges}", f"bruno in {bench}", bench])
    assert sorted(said[MEMBER]) == sorted([f"ada in {bridges}"] * 2 + [bench])
    assert said[of(thread)] == [f"ada in {bridges}"] * 2 + [f"bruno in {bridges}", bridges]
    assert said[of(own)] == [f"bruno in {bench}", bench]
    entry = next(
        e for e in read(visitor, of(thread)).iter(f"{ATOM}entry") if links(e)["alternate"].endswith(str(answer.id))
    )
    assert word(entry, "author/name") == "ada"
    assert word(entry, "author/uri") == f"{HERE}/members/ada"
    assert entry.find(f"{ATOM}category").attrib == {"term": "mistrust", "label": "Mistrust"}
    content = word(entry, "content")
    for part in ("ada asks", "/themes/mistrust", f"/threads/{thread.id}-on-bridges?passage=p2", f"/replies/{root.id}"):
        assert part in content
    assert content.endswith("<p>From the other.</p>\n")


def test_an_essay_is_an_entry_of_its_author_in_its_language(visitor, thread):
    entry = read(visitor, of(thread)).find(f"{ATOM}entry")
    assert (word(entry, "author/name"), word(entry, "title")) == ("Fiamma", "On Bridges")
    content = entry.find(f"{ATOM}content")
    assert content.text == "<p>A bridge is built from both banks at once.</p>"
    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_ids_stay_and_what_is_changed_is_updated(cast, visitor, thread, own, monkeypatch):
    days = count(1)
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=next(days)))
    reply = make.reply(cast.ada, own, "First.")
    before = read(visitor, of(own))
    changing.edit(reply, kind="asking", source="Second.", by=cast.ada)
    opening.edit_thread(own, title="A bench", source="Come.", by=cast.ada)
    after = read(visitor, of(own))
    assert words(after, "entry/id") == words(before, "entry/id")
    assert word(after, "id") == word(before, "id") == HERE + of(own)
    assert words(after, "entry/published") == words(before, "entry/published")
    assert all(
        new > old for new, old in zip(words(after, "entry/updated"), words(before, "entry/updated"), strict=True)
    )
    assert words(after, "entry/id")[0] == f"tag:127.0.0.1,{reply.created_at:%Y-%m-%d}:/replies/{reply.id}"
    publish(replace(make.ESSAY, note="anew"), by=None)
    essay = read(visitor, of(thread)).find(f"{ATOM}entry")
    assert word(essay, "updated") > word(essay, "published")


def test_what_is_hidden_or_withdrawn_is_gone_at_once_for_everyone(cast, visitor, browser_of, thread, own):
    hidden, taken = make.reply(cast.ada, thread, "qhiddenq"), make.reply(cast.ada, thread, "qtakenq")
    within = make.reply(cast.ada, own, "qwithinq")
    readers = [visitor, browser_of(cast.ada), browser_of(cast.carla)]
    for path in (FORUM, THEME, MEMBER):
        assert all(word in reader.get(path).text for reader in readers for word in ("qhiddenq", "qtakenq", "qwithinq"))
    keeping.hide_reply(hidden, reason="Not here.", by=cast.carla)
    changing.withdraw(taken, by=cast.ada)
    keeping.hide_thread(own, reason="Nor that.", by=cast.carla)
    for reader in readers:
        for path in (FORUM, THEME, MEMBER, of(thread)):
            text = reader.get(path).text
            assert not [
                word for word in ("qhiddenq", "qtakenq", "qwithinq", "A bench", str(within.id) + "<") if word in text
            ]
        assert reader.get(of(own)).status_code == 404


def test_a_feed_is_the_same_for_whoever_asks_in_the_forums_language(app, cast, visitor, browser_of, own):
    make.reply(cast.ada, own, "Words.")
    cast.bruno.locale = "it"
    session().commit()
    for path in (FORUM, THEME, MEMBER, of(own)):
        plain = visitor.get(path).data
        assert visitor.get(path, headers={"Accept-Language": "it", "Host": "evil.example"}).data == plain
        assert browser_of(cast.bruno).get(path).data == browser_of(cast.carla).get(path).data == plain
        assert b"evil.example" not in plain
    app.config["LOCALE"] = "it"
    try:
        forget_pages(app)
        assert "ada pensa" in read(visitor, FORUM).findtext(f".//{ATOM}content")
    finally:
        app.config["LOCALE"] = "en"


def test_no_text_breaks_out_of_a_feed(cast, visitor, thread):
    hostile = make.thread(cast.ada, title=HOSTILE, text=HOSTILE)
    make.reply(cast.ada, hostile, HOSTILE)
    for path in (FORUM, THEME, MEMBER, of(hostile)):
        found = read(visitor, path)
        assert hostile.title in words(found, "entry/title")
        assert not [e for e in found.iter() if not e.tag.startswith(ATOM)]


@pytest.mark.every_database
def test_a_long_thread_is_paged_from_the_newest_to_its_beginning(cast, visitor, own):
    ids = many(own, cast.bruno, 2 * queries.SIZE + 5)
    found, path, pages = [], of(own), []
    while path:
        shown = read(visitor, path)
        pages.append(links(shown))
        assert word(shown, "id") == HERE + of(own)
        assert pages[-1]["self"] == HERE + path
        found += words(shown, "entry/id")
        path = pages[-1].get("next", "").removeprefix(HERE)
    assert [int(i.rsplit("/", 1)[1]) for i in found] == [*reversed(ids), own.id]
    assert "/threads/" in found[-1]
    assert [sorted(page.keys() - {"self", "alternate"}) for page in pages] == [
        ["first", "last", "next"], ["first", "last", "next", "previous"], ["first", "last", "previous"]]  # fmt: skip
    last = read(visitor, pages[0]["last"].removeprefix(HERE))
    assert words(last, "entry/id")[-1] == found[-1]
    back = read(visitor, pages[2]["previous"].removeprefix(HERE))
    assert words(back, "entry/id") == found[queries.SIZE : 2 * queries.SIZE]


@pytest.mark.every_database
def test_what_was_split_or_merged_is_followed_to_where_it_stands(cast, visitor, thread, own):
    said = make.reply(cast.bruno, own, "I sat there.")
    made = moving.split_thread(own, [said.id], title="Sitting", theme=make.theme(), reason="Apart.", by=cast.carla)
    split = read(visitor, of(made))
    assert words(split, "entry/title") == ["Sitting", "bruno in Sitting"]
    assert words(split, "entry/author/name") == ["The Forum of the Tests", "bruno"]
    assert visitor.get(f"/threads/{made.id}-sitting").status_code == 200
    moving.merge_thread(own, into=made, reason="Together.", by=cast.carla)
    merged = visitor.get(of(own))
    assert (merged.status_code, merged.headers["Location"]) == (301, of(made))
    assert sorted(words(read(visitor, of(made)), "entry/title")) == ["Sitting", "ada in Sitting", "bruno in Sitting"]
    assert "A bench by the river" not in visitor.get(FORUM).text


def test_a_feed_with_nothing_in_it_is_valid_too(cast, visitor):
    assert words(read(visitor, "/feeds/members/elena.atom"), "entry/id") == []
    assert words(read(visitor, "/feeds/themes/polarization.atom"), "entry/id") == []


def test_what_is_not_there_has_no_feed(cast, visitor):
    for path in ("/feeds/threads/99999.atom", "/feeds/threads/x.atom", "/feeds/themes/x.atom", "/feeds/members/x.atom",
                 "/feeds/threads/9999999999999999999999.atom", "/feeds/x.atom", "/feeds/members/%00.atom"):  # fmt: skip
        assert visitor.get(path).status_code == 404, path
    moved = visitor.get("/feeds/members/ADA.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, MEMBER)
    for query in ("after=x", "before=-1", "after=99999999999999999999", "after=%FF&before=%FF", "before=0", "after=0"):
        assert visitor.get(f"/feeds/threads/1.atom?{query}").status_code in {200, 404}, query


def test_a_reader_that_has_the_feed_is_told_so_by_one_statement(cast, visitor, thread, own, statements):
    for path in (FORUM, THEME, MEMBER, of(own), "/sitemap.xml"):
        first = visitor.get(path)
        with statements() as found:
            again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, len(found)) == (304, 1), path


def test_a_feed_asks_so_many_statements_however_much_there_is(app, cast, visitor, thread, own, statements):
    expected = {FORUM: 3, THEME: 4, MEMBER: 4, of(own): 3, of(thread): 3, "/sitemap.xml": 5}
    for number in (1, 40):
        root = make.reply(cast.ada, thread, passage=2)
        many(thread, cast.ada, number, under=root)
        many(own, cast.ada, number)
        for path, most in expected.items():
            forget_pages(app)
            with statements() as found:
                visitor.get(path)
            assert len(found) == most, path

"""What a page says of itself to programs: its address, a preview, its feed, and what it is about."""

import html5lib
import pytest

from forum import create_app
from forum.core.config import address
from forum.core.db import db
from forum.threads.actions import changing, keeping
from tests import make
from tests.feeds.microdata import items
from tests.threads.many import many

pytestmark = pytest.mark.one_database

HOSTILE = """</title></script><script>alert(1)</script>" onload="x ' & \u202e\u2066"""


def head(client, path: str) -> dict[str, str]:
    """Return what stands in a page's head: by the name of each meta element, and the relation of each link."""
    tree = html5lib.parse(client.get(path).text, namespaceHTMLElements=False).find("head")
    named = {e.get("name") or e.get("property"): e.get("content") for e in tree.iter("meta")}
    return {**named, **{e.get("rel"): e.get("href") for e in tree.iter("link")}}


@pytest.fixture
def path(cast, thread):
    make.reply(cast.ada, thread, "A word.", passage=2)
    return f"/threads/{thread.id}-on-bridges"


CANONICAL = {
    "/": "/",
    "/?utm_source=x": "/",
    "/threads": "/threads",
    "/threads?after=7": "/threads?after=7",
    "/threads?theme=mistrust": "/threads",
    "{path}": "{path}",
    "{path}?theme=mistrust": "{path}",
    "{path}?passage=p2": "{path}",
    "{path}?order=newest": "{path}",
    "{path}?order=written": "{path}",
    "{path}?after=7": "{path}",
    "{path}?after=7&hour=1": "{path}",
    "{path}?order=newest&before=7": "{path}",
    "{path}?order=written&after=7": "{path}?order=written&after=7",
    "{path}?order=written&before=007": "{path}?order=written&before=7",
    "{path}?before=end&order=written": "{path}?order=written&before=end",
    "{path}?order=written&after=7&theme=mistrust": "{path}",
    "{path}?after=x": "{path}",
    "{path}?after=7&theme=mistrust": "{path}",
    "{path}?after=7&x=%22%3E%3Cscript%3E": "{path}",
    "/themes/mistrust": "/themes/mistrust",
    "/themes/mistrust?before=3": "/themes/mistrust",
    "/members/ada": "/members/ada",
    "/moderation/log": "/moderation/log",
    "/help": "/help",
}


def test_every_public_page_names_its_own_address(visitor, path):
    for asked, known in CANONICAL.items():
        found = head(visitor, asked.format(path=path))
        assert found["canonical"] == found["og:url"] == known.format(path=path), asked
        assert "robots" not in found, asked
        assert {"og:title", "og:type", "og:site_name", "og:locale"} <= found.keys()


def test_what_is_thin_or_private_is_not_to_be_found(cast, visitor, browser_of, path):
    for asked in ("/login", "/register", "/nothing", "/members/elena"):
        assert head(visitor, asked)["robots"] == "noindex", asked
        assert "canonical" not in head(visitor, asked)
    for asked in ("/settings", "/threads/new", "/members"):
        assert head(browser_of(cast.dario), asked)["robots"] == "noindex", asked


def test_a_page_of_answers_is_found_where_it_says_more_than_the_thread(cast, visitor, thread):
    root = make.reply(cast.ada, thread)
    many(thread, cast.bruno, 10, under=root)
    assert head(visitor, f"/replies/{root.id}/answers")["robots"] == "noindex"
    answer = many(thread, cast.bruno, 1, under=root)[0]
    assert head(visitor, f"/replies/{answer}/answers")["canonical"] == f"/replies/{root.id}/answers"


@pytest.mark.parametrize(("language", "locale"), [("en", "en_US"), ("it", "it_IT")])
def test_a_preview_says_what_the_page_is(visitor, path, language, locale):
    visitor.get(f"/language/{language}")
    found = head(visitor, path)
    assert (found["og:title"], found["og:type"], found["og:locale"]) == ("On Bridges", "article", locale)
    assert found["og:description"] == found["description"] == "A bridge is built from both banks at once."
    assert found["og:site_name"] == "The Forum of the Tests"


def test_a_page_that_has_a_feed_names_it_and_leads_to_it(visitor, cast, thread, path):
    feeds = {
        "/": "/feeds/forum.atom",
        "/threads": "/feeds/forum.atom",
        path: f"/feeds/threads/{thread.id}.atom",
        "/themes/mistrust": "/feeds/themes/mistrust.atom",
        "/members/ada": "/feeds/members/ada.atom",
    }
    for page, feed in feeds.items():
        assert head(visitor, page)["alternate"] == feed
        assert f'<a href="{feed}" type="application/atom+xml">' in visitor.get(page).text.split("<footer")[1]
        assert visitor.get(feed).status_code == 200
    assert "alternate" not in head(visitor, "/help")


def test_with_a_public_address_pages_feeds_and_robots_say_it(app, database, cast, thread, monkeypatch):
    monkeypatch.setenv("FORUM_URL", "https://forum.example/")
    other = create_app({"SQLALCHEMY_DATABASE_URI": database, "SQLITE_SYNCHRONOUS": "OFF"})
    other.test_client_class = app.test_client_class
    client = other.test_client()
    assert head(client, "/threads")["canonical"] == "https://forum.example/threads"
    assert "tag:forum.example," in client.get("/feeds/forum.atom").text
    for path in ("/feeds/forum.atom", "/sitemap.xml", "/robots.txt"):
        assert "https://forum.example/" in client.get(path).text
        assert "127.0.0.1" not in client.get(path).text
    with other.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("host", "port", "found"),
    [
        ("127.0.0.1", 5000, "http://127.0.0.1:5000"),
        ("0.0.0.0", 80, "http://127.0.0.1:80"),  # noqa: S104 (read, not bound)
        ("::", 5055, "http://[::1]:5055"),
        ("::1", 5055, "http://[::1]:5055"),
        ("10.0.0.7", 5055, "http://10.0.0.7:5055"),
    ],
)
def test_without_one_they_say_where_the_server_listens(host, port, found):
    assert address(host, port) == found


def test_a_thread_is_a_posting_with_its_replies_as_comments(cast, visitor, thread):
    own = make.thread(cast.ada, text="Come and *sit*.")
    said, hidden, taken = (make.reply(cast.bruno, own, text) for text in ("I *sat*.", "qhiddenq", "qtakenq"))
    make.answer(cast.ada, said, "With me.")
    keeping.hide_reply(hidden, reason="Not here.", by=cast.carla)
    changing.withdraw(taken, by=cast.bruno)
    path = f"/threads/{own.id}-a-bench-by-the-river"
    (posting,) = items(visitor.get(path).text)
    assert posting["type"] == "DiscussionForumPosting"
    assert (posting["headline"], posting["text"], posting["url"]) == (
        ["A bench by the river"],
        ["Come and sit."],
        [path],
    )
    assert posting["author"] == [{"type": "Person", "name": ["ada"], "url": ["/members/ada"]}]
    assert (posting["commentCount"], posting["datePublished"]) == (["2"], [own.created_at.isoformat()])
    (comment,) = posting["comment"]
    author = {"type": "Person", "name": ["bruno"], "url": ["/members/bruno"]}
    assert comment == {
        "type": "Comment",
        "author": [author],
        "url": [f"/replies/{said.id}"],
        "text": ["I sat."],
        "datePublished": [f"{said.created_at:%Y-%m-%dT%H:%M:%SZ}"],
    }


def test_an_essay_is_a_posting_of_its_author_in_its_language(visitor, path, thread):
    for asked, said in ((path, ["A word."]), (f"{path}?passage=p2", ["A word."]), (f"{path}?theme=mistrust", [])):
        (posting,) = items(visitor.get(asked).text)
        assert (posting["author"], posting["inLanguage"]) == ([{"type": "Person", "name": ["Fiamma"]}], ["en"])
        assert [comment["text"][0] for comment in posting.get("comment", [])] == said


def test_a_page_of_answers_is_the_same_posting(cast, visitor, thread):
    root = make.reply(cast.ada, thread, "A word.")
    make.answer(cast.bruno, root, "Another.")
    (posting,) = items(visitor.get(f"/replies/{root.id}/answers").text)
    assert sorted(comment["text"][0] for comment in posting["comment"]) == ["A word.", "Another."]


def test_only_the_first_replies_are_marked_and_none_for_members(cast, visitor, browser_of, thread, path):
    many(thread, cast.ada, 30)
    (posting,) = items(visitor.get(path).text)
    assert len(posting["comment"]) == 20
    assert "itemprop" not in browser_of(cast.ada).get(path).text


def test_no_title_breaks_out_of_the_head_or_the_posting(cast, visitor):
    hostile = make.thread(cast.ada, title=HOSTILE, text=HOSTILE)
    path = f"/threads/{hostile.id}-{hostile.slug}"
    found, (posting,) = head(visitor, path), items(visitor.get(path).text)
    assert found["og:title"] == posting["headline"][0] == hostile.title
    page = html5lib.parse(visitor.get(path).text, namespaceHTMLElements=False)
    (ours,) = page.iter("script")
    assert (ours.get("src").startswith("/static/"), ours.text) == (True, None)
    assert not [name for element in page.iter() for name in element.keys() if name.startswith("on")]  # noqa: SIM118

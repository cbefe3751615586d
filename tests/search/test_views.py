import re
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest

from forum.core.db import session
from forum.core.store import forget_pages
from forum.search.parsing import LONGEST, MOST_TERMS
from forum.threads.actions import changing
from forum.threads.models import Reply
from tests import make

pytestmark = pytest.mark.one_database
ODD = [
    "q=%00", "q=%E2%80%AE%22", "q=%FF%FE", "q=%22", "q='", "q=" + "a" * 9000, "q=" + "%22-*" * 60, "q=%F0%9F%8C%89", "q=a&after=x",
    "q=a&before=end",
    "q=a&after=99999999999999999999", "q=a&before=-1", "in=", "in=7", "in=%22&q=%22", "in=" + "7" * 300,
    "q[]=a", "q=%25s%25_", "q=a&_external=1",
]  # fmt: skip


def links(page: str) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)"', page)


def test_a_result_leads_to_the_reply_with_its_words_marked(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, "A **lantern** & more")
    page = visitor.get("/search?q=LANTERN").text
    assert links(page) == [f"/replies/{reply.id}"]
    assert "A <mark>lantern</mark> &amp; more" in page
    assert "ada in On Bridges" in page
    assert "1 place was found." in page


def test_threads_and_passages_are_results_too(cast, thread, visitor):
    own = make.thread(cast.ada, title="A lantern <b>", text="Come and sit.")
    page = visitor.get("/search?q=lantern").text
    assert links(page) == [f"/threads/{own.id}-{own.slug}"]
    assert "A <mark>lantern</mark> &lt;b&gt;" in page
    page = visitor.get("/search?q=fear").text
    assert links(page) == [f"/threads/{thread.id}-{thread.slug}#p3"]
    assert "without a little <mark>fear</mark>" in page


def test_a_page_with_a_question_is_not_for_search_engines(visitor):
    asked, bare = visitor.get("/search?q=bridge").text, visitor.get("/search").text
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in asked
    assert noindex not in bare
    assert '<link rel="canonical"' in bare


def test_a_page_without_a_question_says_how_to_ask(visitor):
    page = visitor.get("/search").text
    assert '<details class="asking" open>' in page
    assert "theme:polarization" in page
    assert "found" not in page
    assert "autore:ada" in visitor.get("/search", headers={"Accept-Language": "it"}).text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("absent", "Nothing was found."),
        ("!?", "There is no word in this that could be looked for."),
        ("author:nobody", "Nobody here is called nobody."),
        ("theme:<i>", "There is no theme <i>. The themes are called:"),
        ("in:987654", "There is no thread 987654."),
        ("x" * (LONGEST + 3), f"This is 3 characters too long; at most {LONGEST} fit."),
        ("bridge " + " ".join(f"a{n}" for n in range(MOST_TERMS)), "Nothing was found."),
    ],
)
def test_what_finds_nothing_says_why(visitor, asked, sentence):
    page = visitor.get("/search", query_string={"q": asked}).text
    assert sentence in unescape(page)
    assert links(page) == []


def test_too_many_words_are_said_to_be_cut(cast, thread, visitor):
    make.reply(cast.ada, thread, " ".join(f"a{n}" for n in range(MOST_TERMS)))
    page = visitor.get("/search", query_string={"q": " ".join(f"a{n}" for n in range(MOST_TERMS + 1))}).text
    assert f"Only the first {MOST_TERMS} words were looked for." in page
    assert "1 place was found." in page


@pytest.mark.every_database
def test_no_query_breaks_the_page(visitor):
    for query in ODD:
        assert visitor.get(f"/search?{query}").status_code in {200, 302, 404, 422}, query[:60]


def test_the_field_in_a_thread_leads_to_an_address_that_says_so(cast, visitor):
    own = make.thread(cast.ada, title="A lantern", text="It glows.")
    reply = make.reply(cast.bruno, own, "It glows, yes.")
    page = visitor.get(f"/threads/{own.id}-{own.slug}").text
    assert f'<input type="hidden" name="in" value="{own.id}">' in page
    answer = visitor.get(f"/search?in={own.id}&q=glows")
    assert answer.headers["Location"] == f"/search?q=in%3A{own.id}+glows"
    found = visitor.get(answer.headers["Location"]).text
    assert set(links(found)) == {f"/threads/{own.id}-{own.slug}", f"/replies/{reply.id}"}
    assert f'value="in:{own.id} glows"' in found


def test_the_field_stands_in_every_header_and_once_on_the_page_of_its_own(visitor):
    assert visitor.get("/").text.count('name="q"') == 1
    assert visitor.get("/search?q=a").text.count('name="q"') == 1


def test_a_member_and_a_visitor_find_the_same(cast, thread, visitor, browser_of):
    make.reply(cast.ada, thread, "lantern")
    ada, bruno = (
        browser_of(cast.ada).get("/search?q=lantern").text,
        browser_of(cast.bruno).get("/search?q=lantern").text,
    )
    assert links(ada) == links(bruno) == links(visitor.get("/search?q=lantern").text) != []


def test_what_was_found_is_not_found_again_once_it_is_withdrawn(cast, thread, visitor, browser_of):
    reply = make.reply(cast.ada, thread, "lantern")
    readers = [visitor, browser_of(cast.bruno), browser_of(cast.carla)]
    assert all("lantern</mark>" in reader.get("/search?q=lantern").text for reader in readers)
    changing.withdraw(session().get_one(Reply, reply.id), by=cast.ada)
    assert not any("lantern</mark>" in reader.get("/search?q=lantern").text for reader in readers)


@pytest.mark.every_database
def test_a_search_asks_so_many_statements_however_much_it_finds(app, cast, thread, visitor, statements):
    own = make.thread(cast.ada, title="lantern", text="lantern")
    questions = {
        "/search": 2,
        "/search?q=lantern": 4,
        "/search?q=fear": 5,
        f"/search?q=lantern+in:{own.id}+author:ada+theme:mistrust": 7,
    }
    for count in (1, 40):
        for _ in range(count):
            make.reply(cast.ada, own, "lantern")
        for path, expected in questions.items():
            forget_pages(app)
            with statements() as asked:
                assert visitor.get(path).status_code == 200
            assert len(asked) == expected, path
            with statements() as asked:
                visitor.get(path)
            assert len(asked) == 1, "what was found before costs one statement"


@pytest.mark.every_database
def test_further_pages_are_links_that_keep_the_question(cast, thread, visitor):
    for number in range(25):
        make.reply(cast.ada, thread, f"lantern {number}")
    first = visitor.get("/search?q=lantern").text
    further = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = visitor.get(further).text
    assert (len(links(first)), len(links(second))) == (20, 5)
    assert not set(links(first)) & set(links(second))
    assert "25 places were found." in second


def test_a_browser_learns_how_to_search_here(visitor):
    assert 'rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in visitor.get("/").text
    answer = visitor.get("/opensearch.xml")
    assert answer.content_type.startswith("application/opensearchdescription+xml")
    root = fromstring(answer.data)  # noqa: S314 (our own)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.find(f"{space}Url").attrib["template"] == "http://127.0.0.1:5000/search?q={searchTerms}"
    assert 0 < len(root.find(f"{space}ShortName").text) <= 16

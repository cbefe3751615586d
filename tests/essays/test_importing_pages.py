from itertools import chain

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.essays.importing import Unreadable, read_essay
from forum.essays.page_markup import read_markup
from tests.essays.test_importing import sample

unhurried = settings(deadline=None)  # how long an example takes depends on the machine

TEXT = "<p>Two doors open on our yard.</p><p>Between them stands a bench.</p>"
PASSAGES = ("Two doors open on our yard.", "Between them stands a bench.")


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head>{head}</head><body><h1>A Bench</h1>{body}</body></html>"


@pytest.mark.parametrize(
    "rest",
    [
        "<script>'<p>No.</p>'</script>",
        "<style>p::after { content: '<p>No.</p>' }</style>",
        "<nav><p>No.</p></nav>",
        "<footer><p>No.</p></footer>",
        "<aside><p>No.</p><aside><p>No.</p></aside><p>No.</p></aside>",
        "<div class='post-comments'><div><p>No.</p></div></div>",
        "<section id=comments><p>No.</p></section>",
        "<div class=relatedPosts><p>No.</p></div>",
        "<div role=navigation>No.</div>",
        "<div hidden>No.</div>",
        "<div aria-hidden=true>No.</div>",
        "<p style='color: red; display: none'>No.</p>",
        "<p class=sr-only>No.",
        "<form><p>No.</p></form>",
        "<select><option>No.<option>No.</select>",
        "<template><p>No.</p></template><noscript><p>No.</p></noscript>",
        "<svg><title>No.</title><path d='M0'/><text>No.</text></svg>",
        "<button>No.</button><textarea><p>No.</p></textarea><iframe><p>No.</p></iframe>",
        "<!-- <p>No.</p> --><!--><!--a--!><![CDATA[ No. ]]><?php No. ?>",
        "<figure><figcaption>No.</figcaption></figure>",
    ],
)
def test_what_is_not_text_is_not_read(rest):
    assert read_essay(page(rest + TEXT)).passages == PASSAGES
    assert read_essay(page(TEXT + rest)).passages == PASSAGES


def test_a_page_that_only_says_it_has_comments_is_read():
    body = f"<div class='comments-open has-sidebar'><article class='no-comments'>{TEXT}</article></div>"
    assert read_essay(page(body)).passages == PASSAGES


def test_a_page_inside_a_form_or_a_menu_is_read_when_there_is_nothing_else():
    assert read_essay(page(f"<form>{TEXT}</form>")).passages == PASSAGES
    assert read_essay(page(f"<div class=menu>{TEXT}</div>")).passages == PASSAGES


@pytest.mark.parametrize(
    ("markup", "passages"),
    [
        ("<p>a<b>b</b>c <i>d<u> e</u></i></p>", ("abc d e",)),
        ("<p>a<br>b<p>c<br/><br />d", ("a b", "c", "d")),
        (
            "<p>a&nbsp;b &amp; c &lt;d&gt; &eacute; &#8220;e&#x201D; &#0;&#99999999999;</p>",
            ("a b & c <d> é “e” \ufffd",),
        ),
        ("<p>a <q>b</q> c</p>", ("a “b” c",)),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", ("a", "b", "c")),
        ("<blockquote>a<p>b</p></blockquote>c", ("a", "b", "c")),
        ("<h2>a</h2>b<h3>c</h4>d", ("a", "b", "c", "d")),
        ("<p>a<ruby>b<rt>no</rt></ruby></p>", ("ab",)),
        ("<p>1 < 2 and a <3 b</p>", ("1 < 2 and a <3 b",)),
        ("<p title='a>b' data-x=\"</p>\" c=d>e</p>", ("e",)),
        ("<P CLASS=x>a</P><DIV>b</DIV>", ("a", "b")),
        ("<p>a</b></div></i>b</p>", ("ab",)),
        ("<table><tr><td>a<td>b</table>", ("a", "b")),
        ("<dl><dt>a<dd>b</dl>", ("a", "b")),
    ],
)
def test_markup_becomes_paragraphs(markup, passages):
    assert read_essay(page(markup)).passages == passages


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta property=og:title content='A Bench'><title>x</title>", TEXT, "A Bench"),
        ("<meta property=og:title content='A Bench | Yard'>", f"<h1>A Bench</h1>{TEXT}", "A Bench"),
        ("<meta property=og:title content='A Bench: a tale'>", f"<h1>A Bench</h1>{TEXT}", "A Bench: a tale"),
        (
            "<title>Yard</title>",
            f"<header><h1>Yard</h1></header><article><h1>A Bench</h1>{TEXT}</article>",
            "A Bench",
        ),
        ("<title>A Bench - Yard</title>", f"<h2>A Bench</h2>{TEXT}", "A Bench"),
        ("<title>A Bench - Yard</title><meta property=og:site_name content=Yard>", TEXT, "A Bench"),
        ("<title>A Bench</title><svg><title>No</title></svg>", TEXT, "A Bench"),
    ],
)
def test_the_title_is_found(head, body, title):
    essay = read_essay(f"<html><head>{head}</head><body>{body}")
    assert (essay.title, essay.passages) == (title, PASSAGES)


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        ("<meta name=author content='Ada Rossi'>", "", "Ada Rossi"),
        ("", "<p class=byline>By Ada Rossi</p>", "Ada Rossi"),
        ("", "<a rel='nofollow author' href=/>Ada Rossi</a>", "Ada Rossi"),
        ("", "<span itemprop=author><img alt=x> by <b itemprop=name>Ada Rossi</b>, host</span>", "Ada Rossi"),
        ("", "<p>Written by Ada Rossi</p>", "Ada Rossi"),
        (
            "<meta property=article:author content='https://example.org/ada'>",
            "<p>By Ada Rossi</p>",
            "Ada Rossi",
        ),
        ("", "<div class=comments><a rel=author>Bruno</a></div>", ""),
    ],
)
def test_the_author_is_found(head, byline, author):
    essay = read_essay(page(f"<div>{byline}</div>{TEXT}", head))
    assert (essay.author, essay.passages) == (author, PASSAGES)


@pytest.mark.parametrize(
    ("head", "byline", "published", "updated"),
    [
        ("", "<time datetime=2025-06-11>Jun 11</time>", "Jun 11", ""),
        ("", "<time datetime=2025-06-11></time>", "2025-06-11", ""),
        ("", "<p>Jun 11 · 6 min read</p><p>Updated: <time>Jul 26</time></p>", "Jun 11", "Jul 26"),
        ("", "<time class=published>Jun 11</time> <time class=updated>Jul 26</time>", "Jun 11", "Jul 26"),
        ("", "<b itemprop=datePublished>Jun 11</b> <b itemprop=dateModified>Jul 26</b>", "Jun 11", "Jul 26"),
        ("<meta property=article:published_time content=2025-06-11>", "", "2025-06-11", ""),
        ("<meta property=article:published_time content=2025-06-11>", "<time>Jun 11</time>", "Jun 11", ""),
        ("", "", "", ""),
    ],
)
def test_dates_are_found_as_readers_see_them(head, byline, published, updated):
    essay = read_essay(page(f"<div>{byline}</div>{TEXT}<p>In <time>May 1968</time> it rained.</p>", head))
    assert (essay.published, essay.updated) == (published, updated)
    assert essay.passages == (*PASSAGES, "In May 1968 it rained.")


def test_the_text_is_taken_from_its_container():
    junk = "<div><p>Somebody else's words, as long as the essay is or nearly so.</p></div>"
    for start, end in [
        ("<article>", "</article>"),
        ("<main>", "</main>"),
        ("<div class=entry-content>", "</div>"),
    ]:
        assert read_essay(page(junk + start + TEXT + end + junk)).passages == PASSAGES


def test_no_text_is_lost_where_nothing_is_marked():
    body = f"<div>{TEXT}</div><div><div><p>A third paragraph.</p></div></div><p>Enough.</p>"
    assert read_essay(page(body)).passages == (*PASSAGES, "A third paragraph.", "Enough.")


def test_what_stands_above_the_title_is_shown_and_not_read():
    essay = read_essay(
        "<article><p>Politics</p><h1>A Bench</h1>" + TEXT * 9 + "<ul><li><a href=/>Older</a></ul></article>"
    )
    assert (essay.passages, essay.left_out) == (PASSAGES * 9, ("Politics", "Older"))


def test_a_page_that_calls_everything_its_author_is_read():
    assert read_essay(page(f"<div class=author>{TEXT}</div>")).passages == PASSAGES


def test_an_old_page_is_read():
    essay = sample("old-page.html")
    assert (essay.title, essay.author) == ("A Bench Between Two Doors", "Ada")
    assert essay.passages == (
        "Two doors open on our yard, and between them stands a bench.",
        "Bruno says it is his & I say it is mine. We both sit.",
        "Enough.",
    )


@pytest.mark.parametrize("tag", ["div", "p", "b", "a", "ul", "li", "table", "article", "h2", "svg", "font"])
def test_thousands_of_open_tags_are_read_like_one(tag):
    assert read_essay(page(TEXT + f"<{tag}>" * 30_000)).passages[:2] == PASSAGES


def test_a_text_is_found_below_a_hundred_thousand_open_tags():
    assert read_essay(page("<div>" * 100_000 + TEXT + "</div>" * 50_000)).passages == PASSAGES


@pytest.mark.parametrize("piece", ["<p a='", '<a b="', "<!--", "<script>", "</", "<p ", "a ", "&#1", "a='b'"])
def test_a_page_that_is_never_closed_comes_to_an_end(piece):
    hostile = page(TEXT) + ("<p " if piece.startswith("a") else "") + piece * 100_000
    try:
        essay = read_essay(hostile)
    except Unreadable:
        return
    assert essay.passages[:2] == PASSAGES


# html5lib, which builds the whole tree, is asked for a second opinion on what is text and what is markup.
SOUP = [
    "<p>",
    "</p>",
    "<div class=x>",
    "</div>",
    "<b>",
    "</b>",
    "<br/>",
    "<!-- c -->",
    "<!x>",
    "</ x>",
    "<?y?>",
]
SOUP += [
    "<em a='1>2' b=\"c\" d=e>",
    "</em x>",
    "a",
    "b ",
    "&amp;",
    "&eacute;",
    "&#233;",
    "< ",
    "> ",
    "'",
    '"',
    "=",
    "/",
]


@unhurried
@given(st.lists(st.sampled_from(SOUP), max_size=40).map("".join))
def test_text_and_markup_are_told_apart_like_in_a_full_parser(soup):
    tree = html5lib.parse(f"<body>{soup} ", namespaceHTMLElements=False)
    texts = chain.from_iterable(
        (element.text or "", element.tail or "") if isinstance(element.tag, str) else (element.tail or "",)
        for element in tree.iter()
    )
    read = [item for item in read_markup(soup + " ") if isinstance(item, str)]
    assert sorted("".join(read).replace(" ", "")) == sorted("".join(texts).replace(" ", ""))

import codecs
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forum.essays.bylines import facts_in
from forum.essays.importing import EssayText, ThemeText, read_essay
from forum.essays.page_debris import is_debris

unhurried = settings(deadline=None)  # how long an example takes depends on the machine

SAMPLES = Path(__file__).parent / "samples"
SEEDS = sorted((Path(__file__).parents[2] / "forum/essays/data").glob("dream-of-dialogue.*.md"))

BENCH = (
    (
        "Two doors open on our yard, and between them stands a bench that nobody bought. It was there before "
        "the families were, and each door believes that the other one put it out."
    ),
    (
        "Bruno says “the bench is ours”; I say it too. We have both said it for years — politely, over a "
        "fence that is not there."
    ),
    "What the rain did",
    "In May the rain took one of its legs. It cost 3 € to mend, a naïve sum for so much talk.",
    "Enough.",
)
THEMES = (
    ThemeText("patience", "Patience", "What did you wait for, and who waited beside you?", (1, 2, 5)),
    ThemeText("noise", "Noise", "When did a room grow loud, and what made it quiet again?", (3, 4)),
)


def sample(name: str) -> EssayText:
    return read_essay((SAMPLES / name).read_bytes(), filename=name)


@pytest.mark.parametrize("name", ["bench.md", "bench.txt", "bench-wrapped.txt", "bench.html"])
def test_one_essay_comes_right_from_all_shapes(name):
    essay = sample(name)
    assert essay.title == "A Bench Between Two Doors"
    assert (essay.author, essay.published, essay.updated) == ("Ada", "Jun 11", "Jul 26")
    assert essay.passages == BENCH


@pytest.mark.parametrize("name", ["bench.md", "bench.txt", "bench-wrapped.txt", "bench.html"])
def test_the_name_of_the_file_is_only_a_hint(name):
    data = (SAMPLES / name).read_bytes()
    assert read_essay(data) == read_essay(data, filename="essay.xyz") == read_essay(data.decode(), filename=name)


def test_a_header_brings_themes_language_and_note():
    essay = sample("bench.md")
    assert (essay.themes, essay.language, essay.note) == (THEMES, "en", "written for a test")
    assert essay.left_out == ()


def test_what_was_dropped_is_shown_in_order():
    assert sample("bench-wrapped.txt").left_out == (
        "Skip to content",
        "All Posts",
        "By Ada · Jun 11 · 6 min read",
        "Updated: Jul 26",
        "Share",
        "Like",
        "Comments",
    )


def test_an_italian_post_comes_right():
    essay = sample("panchina.txt")
    assert (essay.title, essay.author) == ("Una panchina tra due porte", "Ada")
    assert (essay.published, essay.updated) == ("11 giu 2025", "26 lug")
    assert essay.passages[1:] == ("Bruno dice «è nostra»; lo dico anch\u2019io. Perché no?", "Basta così.")
    assert len(essay.passages) == 3


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
def test_the_seeds_are_read_whole(file):
    essay = read_essay(file.read_bytes(), filename=file.name)
    assert (essay.author, len(essay.passages), essay.language) == ("Sombrero", 24, file.name.split(".")[1])
    assert {theme.key: theme.passages for theme in essay.themes} == {
        "polarization": (1, 2, 3, 4, 5, 6, 7, 8, 9),
        "allyship": (10, 11, 12, 16, 17, 22, 23),
        "mistrust": (3, 13, 14, 15, 16, 24),
        "withdrawal": (15, 18, 19, 20, 21, 22),
    }


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("windows-1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace(" ", "\u00a0").replace("bench", "be\u00adn\u200bch").encode(),
        lambda text: text.replace("ï", "i\u0308"),
        lambda text: "\ufeff" + text,
    ],
)
def test_every_encoding_of_a_text_gives_the_same_text(encode):
    assert read_essay(encode((SAMPLES / "bench.txt").read_text("utf-8"))).passages == BENCH


@pytest.mark.parametrize(
    ("lines", "author", "published", "updated"),
    [
        (["- Ada", "- Jun 11", "- 6 min read", "Updated: Jul 26"], "Ada", "Jun 11", "Jul 26"),
        (["By Ada Rossi", "Jun 11, 2025"], "Ada Rossi", "Jun 11, 2025", ""),
        (["Ada Rossi", "Jun 11, 2025", "6 min read"], "Ada Rossi", "Jun 11, 2025", ""),
        (["Ada • 11 giu 2025 • Tempo di lettura: 6 min"], "Ada", "11 giu 2025", ""),
        (["di Ada Rossi", "11 giu 2025", "Aggiornato: 26 lug"], "Ada Rossi", "11 giu 2025", "26 lug"),
        (["Written by Ada Rossi on June 11, 2025"], "Ada Rossi", "June 11, 2025", ""),
        (["par Ada", "11 juin 2025", "6 min de lecture"], "Ada", "11 juin 2025", ""),
        (["Ada", "2 days ago", "Updated 3 hours ago", "Follow", "Share"], "Ada", "2 days ago", "3 hours ago"),
        (["2025-06-11", "Last updated: 2025-07-26"], "", "2025-06-11", "2025-07-26"),
        (
            ["Ada Rossi and Bruno Bianchi", "Wed, 11 June 2025, 10:30"],
            "Ada Rossi and Bruno Bianchi",
            None,
            "",
        ),
        (["Ada"], "", "", ""),
        ([], "", "", ""),
    ],
)
def test_bylines_are_read_in_many_forms(lines, author, published, updated):
    essay = read_essay("\n".join(["A Bench", *lines, *BENCH]))
    assert (essay.title, essay.author, essay.updated) == ("A Bench", author, updated)
    assert published is None or essay.published == published
    assert essay.passages == (("Ada", *BENCH) if lines == ["Ada"] else BENCH)


def test_a_line_between_title_and_byline_stays():
    essay = read_essay("A Bench\nOn waiting together\n\nAda Rossi\nJun 11\n\n" + "\n".join(BENCH))
    assert (essay.author, essay.passages) == ("Ada Rossi", ("On waiting together", *BENCH))


def test_the_author_may_be_named_below_the_text():
    essay = read_essay("A Bench\n" + "\n".join(BENCH) + "\nWritten by Ada Rossi\nShare")
    assert (essay.author, essay.passages) == ("Ada Rossi", BENCH)


@pytest.mark.parametrize(
    "passages",
    [
        ("The bench is old.", "Comments", "Share", "12 views", "Recent Posts", "Log in", "Nobody sits."),
        ("Jun 11", "By Ada", "6 min read", "The bench is old."),
        ("The bench is old.", "I like 3 comments on it.", "Enough."),
        ("Nobody sits.", "Comments are closed, said the bench.", "1984"),
        ("The bench is old.", "Ada"),
        ("We went home", "and there was no bench", "only rain"),
        ("Prologue", "The bench is old.", "Share this bench with me."),
    ],
)
def test_no_paragraph_is_taken_for_the_page(passages):
    lines = ["A Bench", "- Ada", "- May 1", "- 1 min read", "Updated: May 2", *passages]
    assert read_essay("\n".join(lines)).passages == passages
    assert read_essay("\n".join([*lines, "A Bench", "3 likes", "Write a comment..."])).passages == passages


def test_the_end_of_a_wrapped_paragraph_may_read_like_a_button():
    text = "A Bench\n\nThe bench was old and grey,\nand wet.\n\nIt is the one thing that we\nshare\n\nComments"
    assert read_essay(text).passages[-1] == "It is the one thing that we share"


def test_markdown_headings_items_and_rules_become_passages_or_go():
    top = "# A Bench #\n\n## One *old* thing\nIt\nstands.\n- a leg\n- a\n  plank\n"
    essay = read_essay(f"---\ntitle: A Bench\n---\n{top}\n***\n\n1. rain\n2. sun\n\nLast\n----\n")
    assert essay.passages == (
        "One *old* thing",
        "It stands.",
        "- a leg",
        "- a plank",
        "1. rain",
        "2. sun",
        "Last",
    )
    assert essay.left_out == ("A Bench",)


def test_header_values_stay_as_written():
    essay = read_essay("---\ntitle: 1984\nauthor: no\npublished: 2025-06-11\nupdated: ~\nlayout: post\n---\nText.")
    assert (essay.title, essay.author, essay.published, essay.updated) == ("1984", "no", "2025-06-11", "")
    assert essay.left_out == ("layout:",)


# Round trips: words that cannot be mistaken for the page's own, so that only the shape is on trial.
words = st.text(st.sampled_from("abceilmnorstuvzàéßñ日本ßж"), min_size=3, max_size=9)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)
paragraphs = st.tuples(sentences, st.sampled_from(["", ".", "!", "?", "…", "”"])).map("".join)
titles = st.lists(words, min_size=1, max_size=6).map(lambda each: " ".join(each).capitalize())
authors = st.sampled_from(["Ada", "Bruno Bianchi", "Carla de Santis", "Zoë O\u2019Neil", "Dario M. Verdi"])


@st.composite
def essays(draw: st.DrawFn) -> EssayText:
    title, passages = draw(titles), draw(st.lists(paragraphs, min_size=1, max_size=12))
    assume(not any(passage == title or is_debris(passage, title) or facts_in(passage) for passage in passages))
    return EssayText(title=title, author=draw(authors), published="Jun 11", passages=tuple(passages))


def assert_same(read: EssayText, essay: EssayText) -> None:
    assert (read.title, read.author, read.published) == (essay.title, essay.author, essay.published)
    assert read.passages == tuple(" ".join(passage.split()) for passage in essay.passages)


@unhurried
@given(essays(), st.integers(20, 100))
def test_an_essay_survives_markdown(essay, width):
    header = f"---\ntitle: '{essay.title}'\nauthor: {essay.author}\npublished: {essay.published}\n---\n\n"
    body = "\n\n".join(fill(passage, width, break_long_words=False) for passage in essay.passages)
    assert_same(read_essay(header + body), essay)


@unhurried
@given(
    essays(),
    st.sampled_from(["- {author}\n- Jun 11\n- 6 min read", "By {author}\nJun 11", "{author} · Jun 11 · 3 min"]),
    st.sampled_from(
        [
            "",
            "{title}\nComments\nWrite a comment...",
            "Share\n12 views\n\nRecent Posts\nSee All\n\nOther Post\n4",
        ]
    ),
    st.sampled_from(["lines", "blank", "wrapped"]),
)
def test_an_essay_survives_copying(essay, byline, debris, shape):
    assume(shape != "wrapped" or len(essay.passages) > 1)  # nothing tells one wrapped paragraph from lines
    between = "\n" if shape == "lines" else "\n\n"
    width = 60 if shape == "wrapped" else 10_000
    body = between.join(fill(passage, width, break_long_words=False) for passage in essay.passages)
    frame = f"{essay.title}\n{byline}{between}{{body}}{between}{debris}".format(
        author=essay.author, title=essay.title, body=body
    )
    assert_same(read_essay(frame), essay)


@unhurried
@given(essays(), st.sampled_from(["<p>{}</p>", "<p>{}", "<div><p>{}</p></div>", "<div>{}</div>", "{}<br><br>"]))
def test_an_essay_survives_a_page(essay, paragraph):
    body = "\n".join(map(paragraph.format, essay.passages))
    page = (
        f"<!doctype html><title>{essay.title} - Yard</title><body><nav><a href=/>Home</a></nav>"
        f"<div><h1>{essay.title}</h1><p>By {essay.author}, <time>{essay.published}</time></p>"
        f"<div>{body}</div></div><footer>Comments</footer>"
    )
    assert_same(read_essay(page), essay)

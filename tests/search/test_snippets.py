import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from forum.search.folding import words
from forum.search.parsing import parse
from forum.search.snippets import ELLIPSIS, WIDTH, marked, snippet

LONG = "and then some more of it " * 40


def asked(question: str):
    return parse(question).terms


def test_the_words_are_marked_as_they_were_written():
    assert marked("Perché l\u2019altro? PERCHE!", asked("perche altro")) == (
        "<mark>Perché</mark> l\u2019<mark>altro</mark>? <mark>PERCHE</mark>!"
    )
    assert marked("a lamp, lamps, clamp", asked("lamp*")) == "a <mark>lamp</mark>, <mark>lamps</mark>, clamp"
    assert marked("a brass, lamp", asked('"brass lamp"')) == "a <mark>brass, lamp</mark>"
    assert marked("ﬁne co\xadoperate", asked("fine cooperate")) == "<mark>ﬁne</mark> <mark>co\xadoperate</mark>"


def test_everything_is_escaped():
    assert (
        marked("<b>&lamp</b>", asked("lamp b")) == "&lt;<mark>b</mark>&gt;&amp;<mark>lamp</mark>&lt;/<mark>b</mark>&gt;"
    )
    assert snippet('"><script>', ()) == "&#34;&gt;&lt;script&gt;"


def test_a_long_text_is_cut_around_the_words():
    shown = snippet(f"{LONG} a lamp beside the window {LONG}", asked("lamp window"))
    assert "<mark>lamp</mark> beside the <mark>window</mark>" in shown
    assert shown.startswith(ELLIPSIS)
    assert shown.endswith(ELLIPSIS)
    assert len(unescape(re.sub("</?mark>", "", shown))) <= WIDTH + 2
    assert snippet(LONG, ()).startswith("and then")
    assert snippet("short", ()) == "short"


def test_the_part_with_most_of_the_words_is_shown():
    text = f"lamp, lamp, lamp {LONG} lamp at the window {LONG}"
    assert "<mark>window</mark>" in snippet(text, asked("lamp window"))


@given(
    st.text(st.characters(exclude_characters="&" + ELLIPSIS), max_size=900), st.text(max_size=40), st.integers(80, 300)
)
@example("é" * 400, "é", 100)
@example("a b" * 200, "a b", 80)
def test_what_is_shown_is_part_of_the_text_and_safe(text, question, width):
    shown = snippet(text, asked(question), width)
    bare = re.sub("</?mark>", "", shown)
    assert unescape(bare).strip(ELLIPSIS) in text
    assert not re.search(r"<(?!/?mark>)", shown)
    assert shown.count("<mark>") == shown.count("</mark>")


@given(st.text(min_size=1, max_size=200))
@example("\u02bc")
@example("l\u02bcascolto \u0149")
def test_every_word_of_a_text_can_be_marked_in_it(text):
    for word in words(text)[:5]:
        if len(word) < 60:
            assert "<mark>" in marked(text, asked(f'"{word}"'))

"""What an @ calls in a text, and what it does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.markdown import render

MEMBER = re.compile(r'<a href="/members/[^"]+" rel="[^"]+">(@[^<]+)</a>')
NAMES = {"ada": "/members/ada", "ADA": "/members/ada", "a_b": "/members/a_b", "Zoë": "/members/Zo%C3%AB"}


def asked(source: str) -> tuple[str, list[str]]:
    """Return the HTML of a text, and the words of which it was asked where they lead."""
    words: list[str] = []

    def where(found):
        words.extend(found)
        return {word: NAMES[word] for word in found if word in NAMES}

    return render(source, where), words


def link(word: str) -> str:
    return f'<a href="{NAMES[word]}" rel="nofollow ugc noopener">@{word}</a>'


@pytest.mark.parametrize(("source", "word", "around"), [
    ("@ada", "ada", "<p>{}</p>\n"),
    ("Hi @ADA: look.", "ADA", "<p>Hi {}: look.</p>\n"),
    ("(@ada)", "ada", "<p>({})</p>\n"),
    ("l'@ada's", "ada", "<p>l'{}'s</p>\n"),
    ("@ada.", "ada", "<p>{}.</p>\n"),
    ("@ada...", "ada", "<p>{}...</p>\n"),
    ("*@ada*", "ada", "<p><em>{}</em></p>\n"),
    ("@a_b and _so_", "a_b", "<p>{} and <em>so</em></p>\n"),
    ("# @ada", "ada", "<h4>{}</h4>\n"),
    ("> said\n\n@ada", "ada", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>{}</p>\n"),
    ("@Zoë!", "Zoë", "<p>{}!</p>\n"),
])  # fmt: skip
def test_a_word_after_an_at_sign_becomes_a_link(source, word, around):
    assert asked(source) == (around.format(link(word)), [word])


@pytest.mark.parametrize("source", [
    "ada@example.org",
    "@ada@example.org",
    "mailto:x@ada",
    "x.@ada",
    "example.org/@ada",
    "https://example.org/@ada",
    "<https://example.org/@ada>",
    "[@ada](https://example.org)",
    "![@ada](https://example.org)",
    "`@ada`",
    "```\n@ada\n```",
    "    @ada",
    "> @ada",
    "> - deep\n>   > @ada",
    r"\@ada",
    "&#64;ada",
    r"@ada\_b",
    "@ ada",
    "@.ada",
    "@a",
    "@" + "a" * 31,
    "@ada " * 101,
])  # fmt: skip
def test_these_call_nobody(source):
    assert asked(source) == (render(source), [])


def test_whom_nobody_knows_stays_as_written():
    assert asked("@nobody and @ada") == (f"<p>@nobody and {link('ada')}</p>\n", ["ada", "nobody"])


def test_all_words_are_asked_for_at_once_and_each_once():
    times = []
    render("@ada @bruno\n\n- @ada\n- @carla", lambda words: times.append(list(words)) or {})
    assert times == [["ada", "bruno", "carla"]]


PIECES = st.sampled_from(
    ["@ada", "@a_b", "ada", "@", ".", " ", "`", "*", "_", ">", "\n", "[", "](http://x.y)", "\\", "é"]
)


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=40))
def test_but_for_the_links_nothing_changes(source):
    html, _words = asked(source)
    assert MEMBER.sub(r"\1", html) == render(source)

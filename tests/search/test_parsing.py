from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.search.folding import LONGEST_WORD, folded, places, words
from forum.search.parsing import MOST_TERMS, Question, Term, parse


def terms(text: str) -> list[tuple[str, ...]]:
    return [term.words for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perché NO", ["perche", "no"]),
        ("l'altro dell\u2019ascolto", ["l", "altro", "dell", "ascolto"]),
        ("Straße, ÆON; İstanbul", ["strasse", "aeon", "istanbul"]),
        ("co\xadoperate", ["cooperate"]),
        ("e\u0301te\u0301", ["ete"]),
        ("snake_case 3rd ½", ["snake", "case", "3rd", "1", "2"]),
        ("Łódź søster", ["lodz", "soster"]),
        ("\0 \ud800 §¶ 🌉", []),
    ],
)
def test_words_lose_capitals_accents_and_signs(text, expected):
    assert words(text) == expected


@given(st.text())
@example("ŉ ǰ ΰ ﬃ")
def test_folding_again_changes_nothing(text):
    found = words(text)
    assert words(" ".join(found)) == found
    assert all(word and len(word) <= LONGEST_WORD and word.isalnum() for word in found)


@given(st.text())
def test_each_folded_character_knows_where_it_comes_from(text):
    line, origin = places(text)
    assert line == folded(text)
    assert len(line) == len(origin)
    assert list(origin) == sorted(origin)
    assert all(line[at] in folded(text[place]) for at, place in enumerate(origin))


@given(st.text())
@example('-"')
@example("in:" + "9" * 30)
@example("before:9999-99-99")
@example("author:@")
def test_anything_can_be_asked(text):
    question = parse(text)
    for term in (*question.terms, *question.without):
        assert term.words
        assert words(" ".join(term.words)) == list(term.words)
    assert len(question.terms) + len(question.without) <= MOST_TERMS


@given(
    st.lists(st.sampled_from(["author:", "in:", "before:", "is:", "-", '"', "*", "'", ":", " ", "ada", "7", "2026"]))
)
def test_operators_in_any_disorder_are_no_error(pieces):
    parse("".join(pieces))


def test_words_phrases_exclusions_and_beginnings():
    assert parse('bench "by the river" -rain wat*') == Question(
        terms=(Term(("bench",)), Term(("by", "the", "river")), Term(("wat",), prefix=True)), without=(Term(("rain",)),)
    )
    assert parse('-"by the"').without == (Term(("by", "the")),)
    assert parse("«by the» “a b”").terms == (Term(("by", "the")), Term(("a", "b")))
    assert terms("well-known don't l'altro dell'ascolto ma*") == [
        ("well", "known"), ("don", "t"), ("altro",), ("ascolto",), ("ma",)]  # fmt: skip
    assert not parse("ma*").terms[0].prefix, "too short a beginning is a word"
    assert terms("bench Bench BENCH") == [("bench",)]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("author:ada", "author", "ada"), ("AUTORE:@ada", "author", "ada"), ("theme:Mistrust", "theme", "mistrust"),
        ("tema:mistrust", "theme", "mistrust"), ("in:7", "thread", 7), ("in:7-a-bench", "thread", 7),
        ("in:https://forum.example/threads/7-a-bench", "thread", 7), ("after:2026-03-01", "after", date(2026, 3, 1)),
        ("dopo:2026", "after", date(2026, 1, 1)), ("prima:2026-3", "before", date(2026, 3, 1)),
        ("before:2026-03-09", "before", date(2026, 3, 9)), ("is:unanswered", "unanswered", True),
        ("è:senza-risposta", "unanswered", True),
    ],
)  # fmt: skip
def test_operators_are_read_in_both_languages(text, name, value):
    assert parse(f"bench {text}") == Question(terms=(Term(("bench",)),), **{name: value})


@pytest.mark.parametrize(
    "text",
    ["in:", "in:river", "in:-1", "before:noon", "after:2026-02-30", "after:1066", "is:red", "colour:red", "author:", "-author:ada"],
)  # fmt: skip
def test_what_is_no_operator_is_words(text):
    question = parse(text)
    assert [*question.terms, *question.without] == [Term(tuple(words(text)))]
    assert (question.author, question.thread, question.before, question.after) == ("", None, None, None)


def test_too_many_words_are_cut_and_it_is_known():
    question = parse(" ".join(f"word{n}" for n in range(MOST_TERMS + 1)))
    assert (len(question.terms), question.cut) == (MOST_TERMS, True)
    assert not parse(" ".join(f"word{n}" for n in range(MOST_TERMS))).cut


def test_a_question_that_asks_nothing_is_empty():
    assert all(parse(text).empty for text in ("", " ", '"', "-", "*", "!?"))
    assert not any(parse(text).empty for text in ("a", "-a", "in:7", "is:unanswered"))

"""Words of another reply, quoted with a link to it: what is one, whether they are its words, and what became of them."""

from hypothesis import given
from hypothesis import strategies as st

from forum.core.markdown import plain, render
from forum.threads.citations import (
    EDITED,
    GONE,
    OTHER,
    Fate,
    citations,
    cited,
    dressed,
    holds,
    quotation,
    told,
    without,
    words,
)

SAYS = {EDITED: "changed since", GONE: "gone <now>", OTHER: "not its words"}


def cite(text: str, reply_id: int = 7, link: str = "ada wrote") -> str:
    return quotation(link, reply_id, text)


def found(source: str) -> list[tuple[int, str]]:
    html = render(source)
    return [(citation.reply_id, words(html, citation)) for citation in citations(html)]


def test_a_quotation_that_begins_with_a_link_to_a_reply_is_a_citation():
    assert found(cite("Her *own*\n\nwords.") + "And mine.") == [(7, "Her own words.")]
    assert found("> [x](/replies/7): on one line") == [(7, "on one line")]


def test_no_other_quotation_is_one():
    for source in (
        "> Her words.",
        "> see [x](/replies/7)",
        "> [x](/threads/7)",
        "> [x](https://a.example/replies/7)",
        "[x](/replies/7): a",
    ):
        assert found(source) == []


def test_citations_stand_within_each_other_and_beside_each_other():
    source = cite(cite("Inner.", 8) + "Outer.") + cite("Second.", 9)
    assert [reply_id for reply_id, _words in found(source)] == [7, 8, 9]


def test_what_was_changed_keeps_its_words_and_says_so_with_a_link_to_the_change():
    html = told(dressed(render(cite("Her words.")), {7: Fate(EDITED, "ada")}), SAYS)
    assert '<a href="/replies/7/revisions"><i>changed since</i></a>' in html
    assert "Her words." in html


def test_words_that_are_gone_are_gone_with_all_that_they_held():
    html = told(
        dressed(render(cite(cite("Inner.", 8) + "Outer.") + "Mine."), {7: Fate(GONE, "ada"), 8: Fate(EDITED, "bruno")}),
        SAYS,
    )
    assert "Outer." not in html
    assert "Inner." not in html
    assert "<i>gone &lt;now&gt;</i>" in html
    assert "Mine." in html


def test_a_citation_within_another_can_go_alone():
    html = dressed(render(cite(cite("Inner.", 8) + "Outer.")), {8: Fate(GONE, "bruno")})
    assert "Inner." not in html
    assert "Outer." in html


def test_without_anything_to_tell_nothing_is_changed():
    html = render(cite("Her words."))
    assert dressed(html, {}) == told(html, SAYS) == html


@given(
    st.text("ab>[]() \n*_`#-.:/7é<&", max_size=60),
    st.dictionaries(st.integers(6, 8), st.builds(Fate, st.sampled_from([EDITED, GONE, OTHER, ""]), st.just("ada"))),
)
def test_whatever_stands_around_it_html_stays_whole(text, states):
    html = dressed(render(text + "\n\n" + cite(text) + text), states)
    for tag in ("blockquote", "p", "a", "em", "i"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>"), tag


@given(st.text("ab >[]()*_`#-.\n!", max_size=80))
def test_what_was_selected_is_found_in_its_reply_again(text):
    html = render(text)
    selected = plain(html)
    again = render(cite(cited(text, html, selected)))
    for citation in list(citations(again))[:1]:
        assert holds(html, words(again, citation)) or not words(again, citation)


def test_words_that_are_not_in_a_reply_are_not_cited_but_the_whole_is():
    html = render("Her **own** words.")
    assert cited("Her **own** words.", html, "own words") == "own words"
    assert cited("Her **own** words.", html, "never said") == "Her **own** words."


def test_of_a_long_reply_the_beginning_is_cited():
    long = "word " * 900
    part = cited(long, render(long), "")
    assert len(part) <= 1000
    assert part.endswith("…")
    assert holds(render(long), part)


def test_markdown_loses_the_words_of_one_reply_and_nothing_else():
    source = f"Before.\n\n{cite('Her words.' + chr(10) + 'More.')}Mine.\n\n{cite('His.', 8)}End."
    left = without(source, {7})
    assert "Her words." not in left
    assert "More." not in left
    assert "[ada wrote](/replies/7)" in left
    assert found(left) == [(7, ""), (8, "His.")]
    for kept in ("Before.", "Mine.", "His.", "End."):
        assert kept in left
    assert without(left, {7}) == left


def test_a_line_that_leans_on_the_quotation_goes_with_it():
    assert "lazy" not in without("> [x](/replies/7):\n>\n> Words\nlazy line\n\nMine.", {7})


def test_it_names_whom_it_cites_whatever_its_writer_called_them():
    html = dressed(render(cite("Her words.", link="carla wrote")), {7: Fate("", "ada")})
    assert ">ada</a>:" in html
    assert "carla" not in html


def test_in_whatever_form_a_citation_is_written_its_words_can_be_taken_out():
    forms = (
        "- one\n- > [x](/replies/7):\n  >\n  > Words",
        '> [x](/replies/7 "a title"): Words',
        "> [x](</replies/7>):\n> Words\nlazy Words",
        "> > [x](/replies/7):\n> >\n> > Words\n>\n> Outer.",
    )
    for source in forms:
        assert [reply_id for reply_id, _words in found(source)] == [7], source
        left = without(f"{source}\n\nMine.", {7})
        assert "Words" not in left
        assert "Words" not in dressed(render(source), {7: Fate(GONE, "ada")})
        assert [reply_id for reply_id, _words in found(left)] == [7], left
        assert "<p>Mine.</p>" in render(left)
    assert found(without(cite(cite("Inner.", 8) + "Outer.", 9), {8})) == [
        (9, plain("bruno: Outer.").replace("bruno", "ada wrote")),
        (8, ""),
    ]


@given(st.text("ab>[]()- \n/7", max_size=60))
def test_taking_words_out_leaves_nothing_of_a_citation_and_everything_else(text):
    source = f"{text}\n\n{cite('Quinces.')}Mine."
    left = without(source, {7})
    assert "Quinces." not in left
    assert "Mine." in left
    assert all(not told for reply_id, told in found(left) if reply_id == 7)

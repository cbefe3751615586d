"""Words quoted from a passage: found where a browser says they are, and found again in another edition, or not at all."""

import random
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.differences import tokens
from forum.essays import anchors, moving
from forum.essays.anchors import MOVED, ORPHAN, PLACED, Placing, Quote, Span, locate, quoted
from forum.essays.moving import Move
from tests.essays.test_matching import SEED, word

TEXT = "“One bank”—the left—is one bank; the other is a café, isn\u2019t it… and one bank is enough."


@pytest.mark.parametrize(("quote", "found"), [
    (Quote("the left"), "the left"),
    (Quote("he lef"), "the left"),
    (Quote("  the\n\tleft \xa0"), "the left"),
    (Quote('"One bank"-the'), "“One bank”—the"),
    (Quote("cafe\u0301, isn't it..."), "café, isn\u2019t it…"),
    (Quote("left\u2014is\xadone"), None),
    (Quote("le\xadft"), "left"),
    (Quote("right bank"), None),
    (Quote("One Bank"), None),
    (Quote(""), None),
    (Quote(" \n "), None),
    (Quote("\u200b"), None),
    (Quote(TEXT * 3), None),
    (Quote("one bank"), None),
    (Quote("one bank", "nothing", "of this"), None),
])  # fmt: skip
def test_a_selection_is_found_or_refused(quote, found):
    span = locate(TEXT, quote)
    assert (TEXT[slice(*span)] if span else None) == found


def test_of_several_places_the_one_with_these_neighbours_is_meant():
    first, second = TEXT.index("one bank"), TEXT.rindex("one bank")
    assert locate(TEXT, Quote("one bank", "-the left-is ", "; the other")) == (first, first + 8)
    assert locate(TEXT, Quote("one bank", "it… and ", " is enough.")) == (second, second + 8)
    assert locate(TEXT, Quote("one bank", "and  ")) == (second, second + 8)


def test_places_are_counted_in_code_points():
    assert locate("🌉🌉 a bridge 👩‍👩‍👧 here", Quote("here")) == (18, 22)
    assert locate("桥是两岸同时造的", Quote("两岸")) == (2, 4)


@settings(deadline=None)
@given(st.text("aé b\u2019\xa0…\n", min_size=1, max_size=40), st.data())
def test_what_is_found_is_what_was_selected_or_the_words_that_it_is_part_of(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = locate(text, quoted(text, start, end))
    if span is not None:
        found, selected = (anchors._fold(part).strip() for part in (text[slice(*span)], text[start:end]))
        assert selected in found
    if text.count(text[start:end].strip() or "\0") == 1 and span is None:
        assert anchors._fold(text).count(anchors._fold(text[start:end]).strip()) != 1


OLD = (
    "A bridge is built from both banks at once, and it takes a while.",
    "Nobody crosses first without a little fear.",
)


FAR = OLD[0].replace("banks", "far banks")


def placed(new, words, passage=0, old=OLD):
    start = old[passage].index(words)
    found = Move(old, new).place(Span(passage, start, start + len(words)))
    shown = new[found.span.passage][found.span.start : found.span.end] if found.span else None
    return found.state, found.span and found.span.passage, shown


@pytest.mark.parametrize(("new", "words", "passage", "found"), [
    (OLD, "both banks", 0, (PLACED, 0, "both banks")),
    (OLD[::-1], "both banks", 0, (PLACED, 1, "both banks")),
    (("Before. " + OLD[0], OLD[1]), "both banks", 0, (PLACED, 0, "both banks")),
    ((FAR, OLD[1]), "from both banks at once", 0, (MOVED, 0, "from both far banks at once")),
    (("Something else is said here now.", OLD[1]), "both banks", 0, (ORPHAN, None, None)),
    ((OLD[1], ), "both banks", 0, (ORPHAN, None, None)),
    ((), "both banks", 0, (ORPHAN, None, None)),
    (("Both banks sing.", OLD[1]), "banks", 0, (ORPHAN, None, None)),
])  # fmt: skip
def test_words_are_found_again_or_given_up(new, words, passage, found):
    assert placed(new, words, passage) == found


def test_words_that_went_to_another_passage_are_found_there_and_said_to_have_moved():
    words = "courts and commentators still find it hard"
    new = (*SEED[1:], f"As was said before, {words}.")
    assert placed(new, words, old=SEED) == (MOVED, len(new) - 1, words)


def test_nearly_the_same_words_in_another_passage_are_found_there():
    words = "the trial around Gisèle Pelicot carried the question across borders"
    text = SEED[0].replace("carried the question", "carried that question")
    state, passage, shown = placed((*SEED[1:], text), words, old=SEED)
    assert (state, passage) == (MOVED, len(SEED) - 1)
    assert shown == words.replace("the question", "that question")


def test_of_two_places_alike_neither_is_taken():
    new = (
        "It takes a while.",
        "Whoever said: built from both banks at once. Others said: built from both banks at once.",
    )
    assert placed(new, "built from both banks at once", old=(OLD[0], "Gone."))[0] == ORPHAN


def edited(chance, share):
    """Return the seed essay with that share of its words edited, a passage moved and one gone, and where each character went."""
    known = [w for text in SEED for w in tokens(text) if w.isalpha()]
    rows = []
    for place, text in enumerate(SEED):
        new, went = "", []
        for token in tokens(text):
            act = chance.random() / share if token[0].isalnum() else 1
            other = chance.choice(known) if chance.random() < 0.5 else word(chance)
            if act < 0.75:  # replaced, or left out
                new += other if act < 0.5 else ""
                went += [None] * len(token)
            else:
                went += range(len(new), len(new) + len(token))
                new += f"{token} {other}" if act < 1 else token
        rows.append((place, new, went))
    rows.pop(chance.randrange(len(rows)))
    rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
    return [new for _, new, _ in rows], {place: (at, went) for at, (place, _, went) in enumerate(rows)}


def quotations(chance, count):
    for _ in range(count):
        passage = chance.randrange(len(SEED))
        found = tokens(SEED[passage])
        ends = [0, *accumulate(map(len, found))]
        words = [n for n, token in enumerate(found) if token.isalnum()]
        first = chance.randrange(len(words))
        last = min(first + chance.choice((0, 1, 2, 4, 7, 12, 24)), len(words) - 1)
        yield Span(passage, ends[words[first]], ends[words[last] + 1])


def test_hardly_any_quotation_is_put_in_a_wrong_place_however_much_was_edited():
    for share, most_lost in ((0.05, 0.03), (0.15, 0.06), (0.4, 0.2)):
        total = wrong = lost = 0
        for seed in range(5):
            chance = random.Random(seed)
            new, went = edited(chance, share)
            move = Move(SEED, new)
            for span in quotations(chance, 200):
                placing, total = move.place(span), total + 1
                at, places = went.get(span.passage, (0, []))
                truth = {(at, place) for place in places[span.start : span.end] if place is not None}
                assert (placing.span is None) == (placing.state == ORPHAN)
                if placing.span:
                    there = {(placing.span.passage, n) for n in range(placing.span.start, placing.span.end)}
                    wrong += 2 * len(truth & there) < len(truth) or not truth
                    same = new[placing.span.passage][placing.span.start : placing.span.end]
                    assert placing.state == MOVED or same == SEED[span.passage][span.start : span.end]
                else:
                    lost += len(truth) >= 0.6 * (span.end - span.start)
        assert wrong <= 0.005 * total, f"{wrong} of {total} at {share}"
        assert lost <= most_lost * total, f"{lost} of {total} at {share}"


def test_an_edition_is_compared_once_for_any_number_of_quotations(monkeypatch):
    compared = []
    monkeypatch.setattr(moving, "matching_blocks", lambda *both: compared.append(both) or [])
    move = Move(SEED, SEED[1:])
    assert {move.place(span).state for span in quotations(random.Random(1), 500)} == {PLACED, ORPHAN}
    assert len(compared) == 1


@settings(deadline=None)
@given(
    st.lists(st.text("ab .\n", max_size=30), max_size=4),
    st.lists(st.text("ab .\n", max_size=30), max_size=4),
    st.data(),
)
def test_every_quotation_ends_in_one_of_three_states(old, new, data):
    passages = [n for n, text in enumerate(old) if text]
    if not passages:
        return
    passage = data.draw(st.sampled_from(passages))
    start = data.draw(st.integers(0, len(old[passage]) - 1))
    end = data.draw(st.integers(start + 1, len(old[passage])))
    found = Move(old, new).place(Span(passage, start, end))
    if found.state == ORPHAN:
        assert found == Placing(ORPHAN)
    else:
        text = new[found.span.passage]
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert (found.state == PLACED) <= (text[found.span.start : found.span.end] == old[passage][start:end])

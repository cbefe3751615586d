import random
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import differences as module
from forum.core.differences import differences, matching_blocks, tokens

unhurried = settings(deadline=None)  # how long an example takes depends on the machine
texts = st.text("ab ,.\n", max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("", "", []),
    ("A bank.", "A bank.", [("same", "A bank.")]),
    ("", "New.", [("new", "New.")]),
    ("Old.", "", [("gone", "Old.")]),
    ("One bank is enough.", "One bank is never enough.", [("same", "One bank is "), ("new", "never "), ("same", "enough.")]),
    ("a wide river", "a deep river", [("same", "a "), ("gone", "wide"), ("new", "deep"), ("same", " river")]),
    ("so wide open there", "so very deep there", [("same", "so "), ("gone", "wide open"), ("new", "very deep"), ("same", " there")]),
    ("yes, no", "yes; no", [("same", "yes"), ("gone", ","), ("new", ";"), ("same", " no")]),
    ("one two", "two one", [("gone", "one "), ("same", "two"), ("new", " one")]),
])  # fmt: skip
def test_what_changed_is_said_word_by_word(old, new, said):
    assert differences(old, new) == said


@unhurried
@given(texts, texts)
def test_both_texts_can_be_read_from_their_differences(old, new):
    found = differences(old, new)
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "gone") == new
    assert all(text for _kind, text in found)
    assert all(first[0] != "new" or second[0] == "same" for first, second in pairwise(found))


@unhurried
@given(texts, texts)
def test_what_two_texts_share_ascends_in_both(old, new):
    left, right = tokens(old), tokens(new)
    end, other_end = 0, 0
    for i, j, size in matching_blocks(left, right):
        assert size > 0
        assert left[i : i + size] == right[j : j + size]
        assert i >= end
        assert j >= other_end
        end, other_end = i + size, j + size


HOSTILE = {
    "nothing in common": ("ab " * 6_000, "cd-" * 6_000),
    "one word only": ("a " * 10_000, "a " * 7_000),
    "two words, shuffled": (
        " ".join(random.Random(1).choices("ab", k=10_000)),
        " ".join(random.Random(2).choices("ab", k=10_000)),
    ),
    "signs": ("([" * 10_000, "[)" * 10_000),
    "turned round": (" ".join(map(str, range(4_000))), " ".join(map(str, range(4_000, 0, -1)))),
    "a word at a time": (
        " ".join(f"{n // 2}" for n in range(4_000)),
        " ".join(f"{n // 3}" for n in range(4_000)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_made_to_be_slow_are_compared_within_the_budget(monkeypatch, name):
    old, new = HOSTILE[name]
    close = []

    class Counted(SequenceMatcher):
        def __init__(self, junk, left, right, *, autojunk):
            close.append(len(left) * len(right))
            super().__init__(junk, left, right, autojunk=autojunk)

    monkeypatch.setattr(module, "SequenceMatcher", Counted)
    found = differences(old, new)
    assert "".join(text for kind, text in found if kind != "gone") == new
    most = module.BUDGET + module.BUDGET_PER_TOKEN * (len(tokens(old)) + len(tokens(new)))
    assert sum(close) <= most

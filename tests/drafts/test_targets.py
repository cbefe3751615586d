import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.drafts.targets import ANSWER, EDIT, NEW, OPENING, THREAD, Target, in_thread, parse

IDS = st.integers(0, 999_999_999)
DETAILS = st.from_regex(r"[a-z0-9-]{0,60}", fullmatch=True)


@given(st.sampled_from([THREAD, ANSWER, EDIT, OPENING, NEW]), IDS, DETAILS)
def test_what_a_form_carries_names_the_same_target_again(kind, number, detail):
    target = Target(kind, number, detail)
    assert parse(str(target)) == target


@given(st.text())
def test_any_text_is_a_target_or_none(text):
    found = parse(text)
    assert found is None or str(found) == text


NEARLY = [
    *("", "thread", "thread-", "thread-07", "thread-7-", "walk-7", "thread--7", "thread-7-P3", "new-1234567890"),
    *("thread-7\n", "thread-\u0667"),
]


@pytest.mark.parametrize("text", NEARLY)
def test_what_is_nearly_a_target_is_none(text):
    assert parse(text) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_other_words_of_a_passage_are_another_target(one, other):
    assert (in_thread(7, "p3", one) == in_thread(7, "p3", other)) == (one == other)
    assert in_thread(7, "p3", one) != in_thread(7, "p3")
    assert parse(str(in_thread(7, "p3", one))) == in_thread(7, "p3", one)


def test_words_without_a_passage_are_of_the_whole_thread():
    assert in_thread(7, "", "sees only") == in_thread(7) == Target(THREAD, 7)

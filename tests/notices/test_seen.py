"""Marks as bits: they hold what was seen, nothing else, and little space."""

from hypothesis import given
from hypothesis import strategies as st

from forum.notices.seen import MOST, SIZE, added, blocks, ids

replies = st.sets(st.integers(1, 50 * SIZE), max_size=80)


def held(of):
    return {block * SIZE + place for block, bits in of.items() for place in range(SIZE) if bits >> place & 1}


@given(replies)
def test_blocks_hold_what_was_seen_and_nothing_else(seen):
    assert held(blocks(seen)) == seen
    assert all(0 < bits < 2**63 for bits in blocks(seen).values())


@given(replies, replies)
def test_what_is_seen_later_is_added_and_nothing_is_lost(before, more):
    marks = blocks(before)
    changed = added(marks, blocks(more))
    assert held({**marks, **changed}) == before | more
    assert {reply // SIZE for reply in more - before} == set(changed)


@given(st.text())
def test_any_message_is_read(text):
    assert all(0 < number < 2**31 for number in ids(text))


def test_a_message_names_replies():
    assert ids("12.7.12") == [12, 7, 12]
    assert ids("") == ids("x.-1.0.1e3.½.99999999999") == []
    assert len(ids(".".join(["1"] * (MOST + 5)))) == MOST

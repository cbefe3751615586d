"""No number below FEW can be worked out from those that are shown, even by someone who knows how they are chosen."""

from collections import defaultdict
from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.moderation.few import FEW, KEPT_BACK, SMALL, Shown, alone, rooms, shown

MOST = 8
counts = st.integers(0, 30)


def breakdowns(reasons, members):
    total = sum(reasons)
    return dict(enumerate(reasons)), {"member": members, "visitor": total - members}, {"total": total}


@st.composite
def months(draw):
    reasons = draw(st.lists(counts | st.integers(0, FEW), min_size=6, max_size=6))
    return breakdowns(reasons, draw(st.integers(0, sum(reasons))))


@given(months())
def test_a_small_number_is_never_shown_and_what_is_shown_leaves_it_all_that_it_may_be(month):
    said = shown(*month)
    for numbers, cells in zip(month, said, strict=True):
        assert list(numbers) == list(cells)
        for key, number in numbers.items():
            assert cells[key] in ({SMALL, KEPT_BACK} if number < FEW else {Shown(number), KEPT_BACK})
    assert all(
        least == 0 and most >= FEW - 1
        for least, most in rooms([part for part in said if KEPT_BACK not in part.values()])
    )


@given(months())
def test_what_is_hidden_is_within_its_room(month):
    said = shown(*month)
    pairs = [(numbers[key], cell) for numbers, cells in zip(month, said, strict=True) for key, cell in cells.items()]
    hidden = [number for number, cell in pairs if cell.number is None]
    assert all(least <= number <= most for number, (least, most) in zip(hidden, rooms(said), strict=True))


def test_for_each_hidden_number_other_months_look_the_same_in_which_it_is_another():
    """Every month of so many notices for each of three reasons is tried, so that knowing the rule does not help either."""
    alike = defaultdict(list)
    for reasons in product(range(MOST + 1), repeat=3):
        for members in range(sum(reasons) + 1):
            month = breakdowns(reasons, members)
            cells = tuple(cell for part in shown(*month) for cell in part.values())
            alike[cells].append([*chain(*(numbers.values() for numbers in month))])
    for cells, rows in alike.items():
        for cell, numbers in zip(cells, zip(*rows, strict=True), strict=True):
            assert len(set(numbers)) == 1 if cell.number is not None else len(set(numbers)) >= FEW - 1, rows[:5]


@pytest.mark.parametrize(
    ("reasons", "members", "told"),
    [
        ([0, 0, 0, 0, 0, 0], 0, ["s s s s s s", "s s", "s"]),
        ([2, 2, 2, 2, 2, 2], 12, ["s s s s s s", "12 s", "."]),
        ([8, 6, 2, 2, 1, 0], 14, ["8 6 s s s s", "14 5", "19"]),
        ([8, 6, 2, 2, 1, 0], 17, ["8 6 s s s s", "17 s", "."]),  # with the sum, the visitors would be known
        ([8, 6, 0, 0, 0, 0], 9, ["8 6 s s s s", ". .", "."]),  # with any sum, that there were none
        ([8, 6, 5, 5, 5, 2], 20, ["8 6 5 5 5 s", ". .", "."]),  # with any sum, the last
        ([8, 6, 5, 5, 5, 5], 20, ["8 6 5 5 5 5", "20 14", "34"]),
    ],
)
def test_what_is_shown_of_some_months(reasons, members, told):
    marks = {KEPT_BACK: ".", SMALL: "s"}
    said = shown(*breakdowns(reasons, members))
    assert [" ".join(marks.get(cell) or str(cell.number) for cell in part.values()) for part in said] == told


def test_a_number_in_no_sum_is_shown_from_five_on():
    assert (alone(FEW - 1), alone(FEW)) == (SMALL, Shown(FEW))

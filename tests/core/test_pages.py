"""A page of a long list: whichever way one turns the pages, nothing is skipped and nothing comes twice."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.pages import LARGEST_KEY, Page, Place, here, page, place

pytestmark = pytest.mark.one_database

keys = st.sets(st.integers(1, 500), max_size=60).map(sorted)
page_sizes = st.integers(1, 12)


def read(rows: list[int], size: int, at: Place, *, newest_first: bool = False) -> Page[int]:
    """Read a page of `rows` as queries do: `size + 1` of them from the place on, backwards for `before`."""
    ordered = sorted(rows, reverse=newest_first)
    beyond = (lambda row, key: row < key) if newest_first else (lambda row, key: row > key)
    if at.before is not None:
        found = [row for row in reversed(ordered) if beyond(at.before, row)]
    else:
        found = [row for row in ordered if at.after is None or beyond(row, at.after)]
    return page(found[: size + 1], size, at, key=int)


def onwards(rows, size, **order):
    """Return the pages from the first to the last, as the links lead."""
    pages = [read(rows, size, Place(), **order)]
    while pages[-1].later is not None:
        pages.append(read(rows, size, Place(after=pages[-1].later), **order))
    return pages


@given(keys, page_sizes, st.booleans())
def test_onwards_every_row_comes_once_in_order(rows, size, newest_first):
    pages = onwards(rows, size, newest_first=newest_first)
    assert [row for one in pages for row in one.rows] == sorted(rows, reverse=newest_first)
    assert all(len(one.rows) == size for one in pages[:-1])
    assert len(pages[-1].rows) <= size
    assert pages[0].earlier is None
    assert pages[0].whole == (len(rows) <= size)


@given(keys.filter(bool), page_sizes, st.booleans())
def test_back_from_any_page_lies_the_one_before(rows, size, newest_first):
    pages = onwards(rows, size, newest_first=newest_first)
    for before, after in pairwise(pages):
        assert after.earlier is not None
        back = read(rows, size, Place(before=after.earlier), newest_first=newest_first)
        assert back.rows == before.rows


@given(keys.filter(bool), page_sizes)
def test_from_the_end_backwards_every_row_comes_once(rows, size):
    pages = [read(rows, size, Place(before=LARGEST_KEY))]
    while pages[-1].earlier is not None:
        pages.append(read(rows, size, Place(before=pages[-1].earlier)))
    assert [row for one in reversed(pages) for row in one.rows] == rows
    assert pages[-1].earlier is None


@given(keys, page_sizes, st.integers(0, 600), st.sets(st.integers(501, 600), max_size=9))
def test_what_is_added_while_one_reads_moves_nothing(rows, size, at, added):
    first = read(rows, size, Place(after=at))
    if first.later is not None:
        assert read([*rows, *added], size, Place(after=at)).rows == first.rows


@given(keys, page_sizes, st.integers(0, LARGEST_KEY), st.booleans())
def test_any_place_gives_a_page(rows, size, at, back):
    found = read(rows, size, Place(before=at) if back else Place(after=at))
    assert len(found.rows) <= size
    assert found.rows == sorted(found.rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Place()),
        ("after=7", Place(after=7)),
        ("before=7", Place(before=7)),
        ("after=7&before=9", Place(before=9)),
        ("before=end", Place(before=LARGEST_KEY)),
        ("before=end&after=7", Place(before=LARGEST_KEY)),
        (f"after=1{'0' * 20}", Place(after=LARGEST_KEY)),
        (f"after=1{'0' * 5000}", Place()),
        ("after=0", Place(after=0)),
        ("after=-1", Place()),
        ("after=1.5", Place()),
        ("after=seven", Place()),
        ("after=%D9%A3", Place()),
        ("after=+7", Place()),
        ("after=7&after=8", Place(after=7)),
        ("after=end", Place()),
    ],
)
def test_what_is_no_place_is_the_first_page(app, query, expected):
    with app.test_request_context(f"/threads?{query}"):
        assert place() == expected


@given(after=st.one_of(st.none(), st.integers(0, LARGEST_KEY)), other=st.text(max_size=20))
def test_a_place_is_found_again_by_its_address(forum, after, other):
    with forum.test_request_context("/threads", query_string={"other": other, "before": "3"}):
        address = here(after=after, before=None)
    with forum.test_request_context(address):
        assert place() == Place(after=after)
        assert "other=" in address


@pytest.mark.parametrize(
    "name", ["_external", "_scheme", "_anchor", "_method", "endpoint", "self", "values", "reference"]
)
def test_a_query_commands_nothing(app, name):
    with app.test_request_context(f"/threads/7-a-title?{name}=javascript", base_url="http://evil.example"):
        assert here(after=3) == f"/threads/7-a-title?{name}=javascript&after=3"


def test_an_address_keeps_its_signs(app):
    with app.test_request_context("/members/%C3%A8%3Fx%23?a=%26%3D"):
        assert here() == "/members/%C3%A8%3Fx%23?a=%26%3D"
        assert here(a=None) == "/members/%C3%A8%3Fx%23"

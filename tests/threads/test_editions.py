from dataclasses import replace

import pytest

from forum.essays.actions import publish
from forum.essays.comparing import CHANGED, GONE, NEW, SAME, Worded, compare
from tests import make

OLD = [Worded(n, f"p{n}", text) for n, text in enumerate(make.ESSAY.passages, 1)]


def said(new, old=OLD):
    return [[(section.kind, section.key, section.was) for section in group] for group in compare(old, new)]


def worded(number, text):
    return Worded(number, f"p{number}", text)


def test_passages_that_stayed_stand_together():
    assert said(OLD) == [[(SAME, f"p{n}", 0) for n in (1, 2, 3, 4)]]
    assert said([], []) == []


def test_a_passage_changed_came_went_and_moved():
    new = [OLD[0], worded(2, "Whoever stands on one bank sees nothing."), worded(5, "New."), OLD[3], OLD[2]]
    assert said(new) == [
        [(SAME, "p1", 0)],
        [(CHANGED, "p2", 0)],
        [(NEW, "p5", 0)],
        [(SAME, "p4", 4)],
        [(SAME, "p3", 0)],
    ] or said(new)[3:] == [[(SAME, "p4", 0)], [(SAME, "p3", 3)]]
    assert said(OLD[2:]) == [[(GONE, "p1", 0)], [(GONE, "p2", 0)], [(SAME, "p3", 0), (SAME, "p4", 0)]]
    assert said(OLD[:1]) == [[(SAME, "p1", 0)], *[[(GONE, f"p{n}", 0)] for n in (2, 3, 4)]]


def test_texts_that_changed_places_under_their_addresses_are_said_to_have_moved():
    swapped = [worded(1, OLD[1].text), worded(2, OLD[0].text), *OLD[2:]]
    kinds = {section.kind for group in compare(OLD, swapped) for section in group}
    assert kinds == {SAME}
    assert [section.was for group in compare(OLD, swapped) for section in group if section.was] in ([1], [2])


@pytest.fixture
def place(thread):
    return f"/threads/{thread.id}-{thread.slug}"


def new_edition(*passages, by=None):
    publish(replace(make.ESSAY, passages=passages, themes=()), by=by)


def test_an_essay_of_one_edition_says_nothing_of_editions(place, visitor):
    assert "/editions" not in visitor.get(place).text
    page = visitor.get(f"{place}/editions/1").text
    assert "The first edition" in page
    assert make.ESSAY.passages[0] in page
    assert "<ins>" not in page


def test_the_editions_are_listed_with_the_role_that_brought_them_and_what_changed(cast, place, visitor):
    one, two, three, four = make.ESSAY.passages
    new_edition(one, two.replace("only", "just <b>"), three, four, by=cast.dario)
    new_edition(one, two, three, four)
    assert f'href="{place}/editions"' in visitor.get(place).text
    listed = visitor.get(f"{place}/editions").text
    assert [listed.count(f'href="{place}/editions/{n}"') for n in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert listed.count("· admin") == 1
    assert listed.count("· host") == 2
    assert "dario" not in listed
    page = visitor.get(f"{place}/editions/2").text
    assert '<del><span class="say">[gone: </span>only<span class="say">] </span></del>' in page
    assert '<ins><span class="say">[new: </span>just &lt;b&gt;<span class="say">] </span></ins>' in page
    assert "2 unchanged passages" in page
    assert "<ins>" not in visitor.get(f"{place}/editions/3?since=1").text
    for since in ("0", "3", "9", "x", "-1", "²"):
        assert "from edition 2 to edition 3" in visitor.get(f"{place}/editions/3?since={since}").text


@pytest.mark.parametrize("path", ["editions/2", "editions/0", "editions/99999999999", "editions/x"])
def test_an_edition_that_is_not_there_is_not_found(place, visitor, path):
    assert visitor.get(f"{place}/{path}").status_code == 404


def test_a_member_s_thread_has_no_editions(cast, visitor):
    own = make.thread(cast.ada)
    for path in ("editions", "editions/1"):
        assert visitor.get(f"/threads/{own.id}-{own.slug}/{path}").status_code == 404

from random import Random

import pytest

from forum.core.db import session
from forum.core.log import record
from forum.core.pages import LARGEST_KEY, Place
from forum.threads import stream
from forum.threads.models import Reply
from forum.threads.part import Filter
from tests import make
from tests.threads.many import many

SIZE, ANSWERS = 4, 3


@pytest.fixture(autouse=True)
def small_pages(sized):
    sized(SIZE=SIZE, ANSWERS=ANSWERS)


def forward(read, place=None) -> list:
    """Return the pages from a place to the end, as a reader goes on by "Further"."""
    place, pages = place or Place(), []
    while place:
        pages.append(read(place))
        page = pages[-1][0]
        place = Place(after=page.later) if page.later is not None else None
    return pages


def backward(read, place=None) -> list:
    """Return the pages from the last one to the first, as a reader goes back by "Back", in reading order."""
    place, pages = place or Place(before=LARGEST_KEY), []
    while place:
        pages.append(read(place))
        page = pages[-1][0]
        place = Place(before=page.earlier) if page.earlier is not None else None
    return pages[::-1]


def ids(pages) -> list[int]:
    return [voice.reply.id for page, _entries, _rail in pages for voice in page.rows]


def told(pages) -> list[int | str]:
    """Return what stands on pages in its order: the ids of replies, the reasons of entries."""
    items: list[int | str] = []
    for page, after, _rail in pages:
        for voice in page.rows:
            items += [*(entry.reason for entry in voice.entries), voice.reply.id]
        items += [entry.reason for entry in after]
    return items


@pytest.mark.parametrize("count", [0, 1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE, 3 * SIZE + 2])
def test_paging_skips_nothing_and_repeats_nothing_in_either_direction(cast, thread, count):
    known = many(thread, cast.ada, count)
    make.unlimited()

    def read(place):
        return stream.stream(thread, cast.bruno, place)

    assert ids(forward(read)) == known
    assert ids(backward(read)) == known


def test_from_any_reply_the_way_on_and_the_way_back_meet(cast, thread):
    known = many(thread, cast.ada, 3 * SIZE)

    def read(place):
        return stream.stream(thread, cast.bruno, place)

    for at, key in enumerate(known):
        assert ids(forward(read, Place(after=key))) == known[at + 1 :]
        assert ids(backward(read, Place(before=key))) == known[:at]


def test_a_reply_that_arrives_meanwhile_shifts_no_page(cast, thread):
    known = many(thread, cast.ada, 2 * SIZE)
    first, _, _rail = stream.stream(thread, cast.bruno, Place())
    new = many(thread, cast.ada, 3)
    second, _, _rail = stream.stream(thread, cast.bruno, Place(after=first.later))
    assert [voice.reply.id for voice in second.rows] == [*known, *new][SIZE : 2 * SIZE]


def test_a_page_holds_no_more_than_its_size_and_the_last_one_the_newest(cast, thread):
    known = many(thread, cast.ada, 2 * SIZE + 1)
    page, _, _rail = stream.stream(thread, cast.bruno, Place(before=LARGEST_KEY))
    assert [voice.reply.id for voice in page.rows] == known[-SIZE:]
    assert page.earlier == known[-SIZE]


@pytest.mark.parametrize("key", [0, LARGEST_KEY])
def test_a_place_outside_the_thread_is_an_empty_page_or_a_whole_one(cast, thread, key):
    known = many(thread, cast.ada, 2)
    after, _, _rail = stream.stream(thread, cast.bruno, Place(after=key))
    before, _, _rail = stream.stream(thread, cast.bruno, Place(before=key))
    assert [[voice.reply.id for voice in page.rows] for page in (after, before)] == [
        known if key == 0 else [],
        [] if key == 0 else known,
    ]


def test_other_threads_do_not_flow_in(cast, thread):
    other = make.thread(cast.ada)
    many(other, cast.ada, 3)
    known = many(thread, cast.ada, 2)
    assert ids([stream.stream(thread, cast.bruno, Place())]) == known


def test_filters_by_theme_and_by_passage_page_like_the_whole(cast, thread):
    draw = Random(4)
    kinds = [(draw.choice(["mistrust", "polarization"]), draw.choice([None, 2, 3])) for _ in range(30)]
    placed = [(many(thread, cast.ada, 1, key=key, passage=passage)[0], key, passage) for key, passage in kinds]
    for key in (None, "mistrust", "polarization"):
        for passage in (None, 2, 3):
            only = Filter(key and make.theme(key).id, passage and make.passage_id(passage))
            known = [id_ for id_, k, p in placed if key in {None, k} and passage in {None, p}]

            def read(place, only=only):
                return stream.stream(thread, cast.bruno, place, only)

            assert ids(forward(read)) == ids(backward(read)) == known


def scattered(cast, thread, seed: int) -> list[int | str]:
    """Add replies, answers and entries in some order; return the replies' ids and the entries' reasons in that order."""
    draw, items, newest = Random(seed), [], 0
    for n in range(26):
        kind = draw.choice(["reply", "reply", "answer", "entry"])
        if kind == "entry":
            record("lock", cast.carla.id, "moderator", thread_id=thread.id, reason=f"e{n}", after_reply_id=newest)
            session().commit()
            items.append(f"e{n}")
        elif kind == "reply" or not newest:
            newest = many(thread, cast.ada, 1)[0]
            items.append(newest)
        else:
            root = session().get_one(Reply, next(item for item in items if isinstance(item, int)))
            newest = many(thread, cast.ada, 1, under=root)[0]
    return items


@pytest.mark.parametrize("seed", range(4))
def test_every_entry_stands_once_and_in_its_place_whichever_way_one_pages(cast, thread, seed):
    items = scattered(cast, thread, seed)

    def read(place):
        return stream.stream(thread, cast.bruno, place)

    assert told(forward(read)) == items
    assert told(backward(read)) == items


def test_a_filtered_conversation_has_no_entries(cast, thread):
    make.reply(cast.ada, thread)
    make.locked(thread, cast.carla)
    _, after, _rail = stream.stream(thread, cast.bruno, Place(), Filter(theme_id=make.theme().id))
    assert after == []


def test_entries_of_other_threads_do_not_flow_in(cast, thread):
    make.locked(make.thread(cast.ada), cast.carla)
    assert stream.stream(thread, cast.bruno, Place())[1] == []


def test_the_first_answers_stand_under_their_reply_and_the_others_elsewhere(cast, thread):
    root = make.reply(cast.ada, thread)
    known = many(thread, cast.bruno, ANSWERS + 2, under=root)
    page, _, _rail = stream.stream(thread, cast.bruno, Place())
    assert [answer.id for answer in page.rows[0].answers] == known[:ANSWERS]
    assert page.rows[0].reply.answer_count == ANSWERS + 2


def test_answers_page_by_their_number_in_either_direction(cast, thread):
    root = make.reply(cast.ada, thread)
    known = many(thread, cast.bruno, 3 * SIZE + 1, under=root)

    def read(place):
        return stream.answers(root.id, cast.bruno, place), [], {}

    for pages in (forward(read), backward(read)):
        assert [row.id for page, _entries, _rail in pages for row in page.rows] == known


@pytest.mark.parametrize(("count", "link"), [(10, False), (11, True)])
def test_a_link_leads_to_all_answers_where_there_are_more(cast, thread, visitor, sized, count, link):
    sized(ANSWERS=10)
    root = make.reply(cast.ada, thread)
    many(thread, cast.bruno, count, under=root)
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    assert page.count('class="reply"') == 1 + 10
    assert (f'<a href="/replies/{root.id}/answers">All {count} answers</a>' in page) is link

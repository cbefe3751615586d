"""Fair turn: everyone is heard once before anyone is heard twice, and paging neither skips nor repeats."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forum.core.db import session
from forum.core.pages import Place
from forum.threads import stream
from forum.threads.actions.turns import PLACES, retake_turns
from forum.threads.models import Reply
from forum.threads.order import DRAWS, FAIR, HOUR, LONELY_AFTER, LONELY_UNTIL, ORDERS, Order, chosen
from forum.threads.part import Filter
from tests import make
from tests.cast import person
from tests.threads.test_stream import backward, forward, ids

NOW = datetime(2026, 5, 4, 15, tzinfo=UTC)
TODAY = Order(FAIR, NOW)


@pytest.fixture(autouse=True)
def small_pages(sized):
    sized(SIZE=4)


@pytest.fixture
def people(cast):
    return [person(f"voice{n}") for n in range(5)]


def written(thread, authors, draw, *, at=NOW, **more) -> list[Reply]:
    """Add a reply of the first level for each author in turn, as rows; themes and passages by chance."""
    rows = [
        Reply(
            thread_id=thread.id,
            theme_id=make.theme(draw.choice(["mistrust", "polarization"])).id,
            passage_id=draw.choice([None, make.passage_id(2), make.passage_id(3)]) if thread.essay_id else None,
            author_id=author.id,
            kind="thinking",
            source="A word.",
            html="<p>A word.</p>",
            renderer=1,
            created_at=at,
            draw=draw.randrange(DRAWS) if draw.random() < 0.9 else 7,  # sometimes the same
            **more,
        )
        for author in authors
    ]
    session().add_all(rows)
    session().flush()
    retake_turns({author.id for author in authors})
    session().commit()
    return rows


def by_definition(rows, order, scope) -> list[int]:
    """Return the ids in fair turn, reckoned the plain way: for replies none of which stands first as a lonely one."""
    begin, had, turns = order.first_draw(scope), Counter(), {}
    for row in sorted(rows, key=lambda row: row.id):
        turns[row.id] = had[row.author_id]
        had[row.author_id] += 1
    return [row.id for row in sorted(rows, key=lambda r: (turns[r.id], r.draw < begin, r.draw, r.id))]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in range(2, 6))])
def test_the_pages_of_every_part_of_a_thread_are_in_fair_turn_whichever_way_one_pages(thread, people, seed):
    draw = Random(seed)
    rows = written(thread, draw.choices(people, weights=[9, 3, 2, 1, 1], k=45), draw)
    mistrust, second, third = make.theme("mistrust").id, make.passage_id(2), make.passage_id(3)
    parts = [
        (Filter(), rows),
        (Filter(passage_id=second), [r for r in rows if r.passage_id == second]),
        (Filter(mistrust, second), [r for r in rows if (r.theme_id, r.passage_id) == (mistrust, second)]),
        (
            Filter(mistrust, rail=(second, third)),
            [r for r in rows if r.theme_id == mistrust and not r.passage_id],
        ),
    ]
    for only, here in parts:
        for order in (TODAY, Order(FAIR, NOW + timedelta(days=1))):

            def read(place, only=only, order=order):
                return stream.stream(thread, people[0], place, only, order)

            known = by_definition(here, order, f"thread {thread.id}")
            assert ids(forward(read)) == ids(backward(read)) == known


@pytest.mark.parametrize("name", ORDERS)
def test_a_rail_has_the_first_voices_of_its_theme_at_each_passage(thread, people, name, sized):
    sized(VOICES=3)
    rows, order = written(thread, people * 8, Random(8)), Order(name, NOW)
    mistrust, passages = make.theme("mistrust").id, (make.passage_id(2), make.passage_id(3))
    rail = stream.stream(thread, people[0], Place(), Filter(mistrust, rail=passages), order).rail
    assert set(rail) == set(passages)
    for passage, voices in rail.items():
        here = [row for row in rows if (row.theme_id, row.passage_id) == (mistrust, passage)]
        known = by_definition(here, order, f"thread {thread.id}")
        if name != FAIR:
            known = sorted((row.id for row in here), reverse=name == "newest")
        assert [voice.reply.id for voice in voices] == known[:4]


def test_everyones_first_voice_comes_before_anyones_second_and_a_flooder_holds_few_of_the_first_places(
    thread, people, sized
):
    sized(SIZE=20)
    crowd, draw = [person(f"one{n}") for n in range(60)], Random(5)
    authors = [people[0]] * 80 + draw.choices(crowd, k=120)
    draw.shuffle(authors)
    written(thread, authors, draw)
    pages = forward(lambda place: stream.stream(thread, people[0], place, None, TODAY))
    voices = [voice.reply.author_id for page, _entries, _rail in pages for voice in page.rows]
    turns = [voices[:place].count(author) for place, author in enumerate(voices)]
    assert turns == sorted(turns)
    assert voices[:20].count(people[0].id) <= 2
    assert len(voices) == 200


def test_the_draw_is_the_same_for_all_on_one_day_and_another_on_the_next(thread, people):
    rows = written(thread, [person(f"one{n}") for n in range(12)], Random(1))
    days = {tuple(by_definition(rows, Order(FAIR, NOW + timedelta(days=n)), f"thread {thread.id}")) for n in range(10)}
    assert len(days) > 1
    assert TODAY.first_draw("thread 1") == Order(FAIR, NOW + 3 * HOUR).first_draw("thread 1")
    assert TODAY.first_draw("thread 1") != TODAY.first_draw("thread 2")


def test_a_first_voice_that_stood_unanswered_for_long_comes_first(thread, people):
    draw = Random(2)
    written(thread, people * 2, draw)
    waiting = [
        written(thread, [person(f"new{n}")], draw, at=NOW - age, newcomer=True, **more)[0].id
        for n, (age, more) in enumerate(
            [
                (LONELY_AFTER, {}),
                (LONELY_UNTIL, {}),
                (LONELY_AFTER, {"first_answered_at": NOW + timedelta(minutes=1)}),
                (LONELY_AFTER - timedelta(minutes=1), {}),
                (LONELY_UNTIL + timedelta(minutes=1), {}),
                (LONELY_AFTER, {"first_answered_at": NOW}),
                (LONELY_AFTER, {"state": "hidden"}),
            ]
        )
    ]

    def read(place):
        return stream.stream(thread, people[0], place, None, TODAY)

    order = ids(forward(read))
    assert order[:3] == [waiting[1], waiting[0], waiting[2]]
    assert len(order) == len(set(order)) == 17
    assert ids(backward(read)) == order


def test_a_new_reply_between_two_pages_neither_repeats_nor_hides_another(thread, people):
    draw = Random(3)
    rows = written(thread, draw.choices(people, k=21), draw)
    seen = [voice.reply.id for voice in stream.stream(thread, people[0], Place(), None, TODAY)[0].rows]
    written(thread, [person("late"), people[0], people[1]], draw)
    seen += ids(forward(lambda place: stream.stream(thread, people[0], place, None, TODAY), Place(after=seen[-1])))
    assert {row.id for row in rows} <= set(seen)
    assert len(seen) == len(set(seen))


def test_what_is_written_takes_its_turn_in_each_place(cast, thread):
    other = make.thread(cast.bruno, key="mistrust")
    made = [
        make.reply(cast.ada, thread, "One.", passage=2),
        make.reply(cast.ada, thread, "Two.", key="polarization"),
        make.reply(cast.ada, other, "Three."),
        make.reply(cast.ada, thread, "Four.", passage=2),
        make.reply(cast.bruno, thread, "Five."),
    ]
    turns = [(r.turn, r.rail_turn, r.passage_turn, r.forum_turn) for r in made]
    assert turns == [(0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (2, 1, 1, 2), (0, 0, 0, 0)]
    retake_turns([cast.ada.id, cast.bruno.id])
    session().expire_all()
    assert [(r.turn, r.rail_turn, r.passage_turn, r.forum_turn) for r in made] == turns


def test_an_answer_by_someone_else_ends_the_waiting_and_one_of_ones_own_does_not(cast, thread):
    root = make.reply(cast.ada, thread)
    own = make.answer(cast.ada, root)
    assert (root.newcomer, own.newcomer, root.first_answered_at) == (True, False, None)
    answered = make.answer(cast.bruno, own)
    assert (root.first_answered_at, answered.newcomer) == (answered.created_at, True)


def test_every_place_has_a_column_that_counts_its_turns(app):
    assert all(hasattr(Reply, name) for name in PLACES)
    assert session().scalar(select(Reply.turn).limit(1)) is None


@given(st.one_of(st.none(), st.text(max_size=12), st.sampled_from(ORDERS)), st.one_of(st.none(), st.text(max_size=30)))
def test_an_odd_address_is_fair_turn_as_of_now(name, hour):
    order = chosen(name, hour, NOW)
    assert order.name in ORDERS
    assert NOW - timedelta(days=30) <= order.at <= NOW


def test_an_address_keeps_its_hour():
    order = chosen("fair", str(chosen(None, None, NOW).hour - 5), NOW + timedelta(minutes=59))
    assert (order.name, order.at) == ("fair", NOW - 5 * HOUR)

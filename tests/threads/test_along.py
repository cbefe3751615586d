"""Along the essay: the conversation in the order of the text, paged by an index however long it is."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from forum.core.db import db, session
from forum.core.pages import LARGEST_KEY, Place
from forum.essays.actions import publish
from forum.threads import stream
from forum.threads.models import Reply
from forum.threads.order import ALONG, EPOCH, Order
from forum.threads.ordering import ordered, reading
from forum.threads.part import Filter
from forum.threads.places import NOWHERE, place
from tests import make
from tests.threads.many import many
from tests.threads.test_stream import backward, forward, ids

ORDER = Order(ALONG, EPOCH)
LINK = ">along the essay</a>"
SENTENCE = "They follow the text, passage by passage"
RANGE = {
    True: re.compile(r"SEARCH replies USING (COVERING )?INDEX ix_replies_thread_id_place"),
    False: re.compile(r"Index (Only )?Scan( Backward)? using ix_replies_thread_id_place"),
}
PLACES = st.lists(st.sampled_from([place(0), place(0, 7), place(1), place(3, 40), NOWHERE]), max_size=12)


@pytest.fixture
def small_pages(sized):
    sized(SIZE=4)


def reader(thread, who):
    return lambda at: stream.stream(thread, who, at, None, ORDER)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=PLACES)
def test_paging_skips_nothing_and_repeats_nothing_wherever_one_begins(cast, small_pages, places):
    thread = make.thread(cast.ada)
    stand = dict(zip(many(thread, cast.ada, len(places)), places, strict=True))
    for id_, there in stand.items():
        session().execute(update(Reply).where(Reply.id == id_).values(place=there))
    session().commit()
    known = sorted(stand, key=lambda id_: (stand[id_], id_))
    read = reader(thread, cast.bruno)
    assert ids(forward(read)) == ids(backward(read)) == known
    for at in range(0, len(known), 5 if db.engine.dialect.name == "postgresql" else 1):
        assert ids(forward(read, Place(after=known[at]))) == known[at + 1 :]
        assert ids(backward(read, Place(before=known[at]))) == known[:at]


def test_replies_follow_the_text_and_the_words_in_it_and_then_speak_of_the_whole(cast, thread):
    whole = make.reply(cast.ada, thread)
    late = make.reply(cast.ada, thread, passage=3)
    words = make.reply(cast.bruno, thread, passage=2, quote="other one's")
    early = make.reply(cast.bruno, thread, passage=2, quote="one bank")
    page = stream.stream(thread, cast.ada, Place(), None, ORDER).page
    assert [voice.reply.id for voice in page.rows] == [early.id, words.id, late.id, whole.id]


def test_what_a_new_edition_left_out_comes_after_the_text(cast, thread):
    second, fourth = make.reply(cast.ada, thread, passage=2), make.reply(cast.ada, thread, passage=4)
    kept = (make.ESSAY.passages[0], *make.ESSAY.passages[2:])
    publish(replace(make.ESSAY, passages=kept, themes=()), by=None)
    page = stream.stream(thread, cast.ada, Place(), None, ORDER).page
    assert [voice.reply.id for voice in page.rows] == [fourth.id, second.id]


@pytest.mark.parametrize("key", [0, LARGEST_KEY])
def test_a_place_at_which_nothing_stands_is_after_all(cast, thread, key):
    known = many(thread, cast.ada, 2)
    read = reader(thread, cast.bruno)
    assert [voice.reply.id for voice in read(Place(after=key)).page.rows] == []
    assert [voice.reply.id for voice in read(Place(before=key)).page.rows] == known


def test_it_is_offered_and_explained_where_a_whole_essay_is_talked_about(cast, thread, visitor):
    make.reply(cast.ada, thread)
    place_ = f"/threads/{thread.id}-{thread.slug}"
    page = visitor.get(f"{place_}?order=along").text
    assert f'<a href="{place_}?order=along#talk" aria-current="true"{LINK}' in page
    assert SENTENCE in page
    assert LINK in visitor.get(place_).text
    assert SENTENCE not in visitor.get(place_).text


def test_elsewhere_it_is_not_offered_and_asking_for_it_is_fair_turn(cast, thread, visitor):
    own = make.thread(cast.ada)
    make.reply(cast.ada, own)
    make.reply(cast.ada, thread, passage=2)
    essay = f"/threads/{thread.id}-{thread.slug}"
    for path in (f"/threads/{own.id}-{own.slug}?", "/themes/mistrust?", f"{essay}?passage=p2&"):
        page = visitor.get(f"{path}order=along").text
        assert LINK not in page
        assert 'aria-current="true">fair turn</a>' in page


def test_in_a_long_thread_a_page_is_a_range_of_the_index_whichever_way_one_pages(cast, thread):
    keys = many(thread, cast.ada, 3_000)
    session().execute(update(Reply).values(place=Reply.id * 37 % 11))
    session().execute(text("ANALYZE"))
    session().commit()
    lite = db.engine.dialect.name == "sqlite"
    for at in (Place(), Place(after=keys[900]), Place(before=keys[900]), Place(before=LARGEST_KEY)):
        scope = Filter().scope(thread)
        how, values = reading(scope, ORDER, at)
        page = select(ordered(scope, how, stream.SIZE)).params({**values, "thread": thread.id})
        asked = page.compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = session().execute(text(f"EXPLAIN {'QUERY PLAN' if lite else ''} {asked}")).all()
        steps = [str(row[-1]) for row in plan]
        assert any(RANGE[lite].search(step) for step in steps), steps
        assert not any("Seq Scan" in step or "SCAN replies" in step for step in steps), steps
        assert sum("Sort  (" in step or "TEMP B-TREE" in step for step in steps) <= 1, (
            steps
        )  # that of the page's own 51

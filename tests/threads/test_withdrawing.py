"""Taking a reply back: who sees its words for a day, how it returns, and that nothing of it is left afterwards."""

import pytest
from sqlalchemy import select, text

from forum.core import background
from forum.core.db import Site, db, session
from forum.core.rules import Refused
from forum.threads.actions import changing, erasing, keeping, moving
from forum.threads.models import ERASABLE, Anchor, Mention, Placement, Reply, Revision
from forum.threads.signals import erased, returned
from tests import make
from tests.threads.sending import FROM_HERE, followed
from tests.threads.test_counting import counted, kept

WORDS = "Xylophone."


@pytest.fixture
def taken(cast, thread, later):
    """A reply to words of the essay, changed once, answered, and withdrawn."""
    reply = make.aged(make.reply(cast.ada, thread, "A xylophone?", passage=1, quote="both banks"))
    make.answer(cast.bruno, reply, "Still here.")
    changing.edit(reply, kind="lived", source=f"{WORDS} @bruno", by=cast.ada, reason="No xylophones.")
    changing.withdraw(reply, by=cast.ada)
    return reply


def stored() -> list[str]:
    """Return every row of every table that holds a word of the reply."""
    rows = [str(tuple(row)) for table in db.metadata.sorted_tables for row in session().execute(select(table))]
    return [row for row in rows if "ylophone" in row]


def left(reply: Reply) -> list[int]:
    """Return how much stands beside the reply of what it quoted, what it said before, and whom it mentioned."""
    tables = (Anchor, Placement, Revision, Mention)
    return [len(session().scalars(select(table).where(table.reply_id == reply.id)).all()) for table in tables]


def place(thread):
    return f"/threads/{thread.id}-{thread.slug}"


def test_a_withdrawn_reply_leaves_a_stub_with_its_time_and_its_answers_stay(thread, taken, visitor):
    page = visitor.get(place(thread)).text
    assert f'id="r{taken.id}"' in page
    assert "This reply was withdrawn by its author." in page
    assert f'<span>withdrawn <time datetime="{taken.state_at:%Y-%m-%dT%H:%M:%SZ}">' in page
    assert "Still here." in page
    assert not [word for word in (WORDS, 'class="quoted"', "/revisions") if word in page]


def test_for_a_day_the_words_stay_and_then_they_are_in_no_table(taken, later):
    later(hours=24, seconds=-1)
    assert sum(erasing.erase()) == 0
    assert (taken.source, left(taken)) == (f"{WORDS} @bruno", [1, 1, 1, 1])
    later(hours=24)
    assert sum(erasing.erase()) == 1
    row = session().execute(text("SELECT * FROM replies WHERE id = :id"), {"id": taken.id}).mappings().one()
    assert (row["state"], row["source"], row["html"], row["edit_reason"]) == ("withdrawn", "", "", "")
    assert (stored(), left(taken)) == ([], [0, 0, 0, 0])


def test_what_is_brought_back_is_as_it_was(cast, thread, taken, visitor, later):
    before = (thread.activity, taken.turn, taken.created_at, taken.edited_at)
    assert thread.reply_count == 1
    later(hours=23)
    changing.bring_back(taken, by=cast.ada)
    page = visitor.get(place(thread)).text
    assert all(word in page for word in (WORDS, 'class="quoted"', f"/replies/{taken.id}/revisions"))
    assert "withdrawn by its author" not in page
    assert (thread.activity, taken.turn, taken.created_at, taken.edited_at) == before
    assert kept() == counted()
    later(hours=72)
    assert sum(erasing.erase()) == 0


def test_each_time_it_is_withdrawn_the_day_begins_anew(cast, taken, later):
    later(hours=23)
    changing.bring_back(taken, by=cast.ada)
    changing.withdraw(taken, by=cast.ada)
    later(hours=46)
    assert sum(erasing.erase()) == 0
    changing.bring_back(taken, by=cast.ada)
    assert (taken.state, left(taken)) == ("standing", [1, 1, 1, 1])


def test_after_a_day_it_cannot_be_brought_back_even_before_it_is_erased(cast, taken, later):
    later(hours=24)
    with pytest.raises(Refused, match="The words of this reply are gone"):
        changing.bring_back(taken, by=cast.ada)
    assert taken.state == "withdrawn"


@pytest.mark.parametrize("name", ["bruno", "carla", "dario", "elena"])
def test_nobody_else_brings_it_back(cast, taken, name):
    with pytest.raises(Refused, match="Only its author"):
        changing.bring_back(taken, by=getattr(cast, name))


def test_one_that_was_hidden_comes_back_hidden(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, WORDS)
    keeping.hide_reply(reply, reason="Names a neighbour.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    with pytest.raises(Refused):
        keeping.restore_reply(reply, reason="Back.", by=cast.carla)
    changing.bring_back(reply, by=cast.ada)
    assert (reply.state, reply.state_reason, thread.reply_count) == ("hidden", "Names a neighbour.", 0)
    assert WORDS not in visitor.get(place(thread)).text
    keeping.restore_reply(reply, reason="Fine.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    changing.bring_back(reply, by=cast.ada)
    assert (reply.state, thread.reply_count) == ("standing", 1)


def test_the_reason_for_hiding_is_erased_with_the_words(cast, thread, later):
    reply = make.reply(cast.ada, thread, WORDS)
    keeping.hide_reply(reply, reason="Names a neighbour.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    later(hours=25)
    assert sum(erasing.erase()) == 1
    assert (reply.state, reply.state_reason, stored()) == ("withdrawn", "", [])


def test_a_lock_does_not_keep_it_from_coming_back(cast, thread, taken):
    make.locked(thread, cast.carla)
    changing.bring_back(taken, by=cast.ada)
    assert (taken.state, kept() == counted()) == ("standing", True)


def test_it_comes_back_where_it_was_moved_meanwhile(cast, taken):
    first, second = make.thread(cast.bruno), make.thread(cast.bruno, key="polarization")
    moving.move_reply(taken, into=first, theme=first.theme, reason="It fits there.", by=cast.carla)
    moving.merge_thread(first, into=second, reason="One talk.", by=cast.carla)
    changing.bring_back(taken, by=cast.ada)
    assert (taken.thread_id, taken.state, kept() == counted()) == (second.id, "standing", True)


def test_of_a_hidden_thread_it_comes_back_when_the_thread_does(cast, browser_of):
    thread, ada = make.thread(cast.bruno), browser_of(cast.ada)
    reply = make.reply(cast.ada, thread, WORDS)
    changing.withdraw(reply, by=cast.ada)
    keeping.hide_thread(thread, reason="a look", by=cast.carla)
    back = f"/replies/{reply.id}/return"
    assert [ada.get(back).status_code, ada.post(back, headers=FROM_HERE).status_code] == [404, 404]
    keeping.restore_thread(thread, reason="Fine.", by=cast.carla)
    assert ada.post(back, headers=FROM_HERE).status_code == 303
    assert (reply.state, kept() == counted()) == ("standing", True)


def test_news_of_what_returned_and_what_was_erased_is_sent(cast, thread, taken, later):
    told = []

    def hear(sender, **more):
        told.append(more.get("replies") or sender.id)

    other = make.reply(cast.bruno, thread)
    changing.withdraw(other, by=cast.bruno)
    with returned.connected_to(hear), erased.connected_to(hear):
        changing.bring_back(other, by=cast.bruno)
        changing.withdraw(other, by=cast.bruno)
        later(hours=24)
        assert sum(erasing.erase()) == 2
    assert told == [other.id, [taken.id, other.id]]


def test_what_waits_is_erased_in_batches_by_the_background(app, cast, thread, later, monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)

    def take(count):
        for reply in [make.reply(cast.ada, thread, WORDS) for _ in range(count)]:
            changing.withdraw(reply, by=cast.ada)

    take(5)
    later(hours=25)
    assert list(erasing.erase()) == [2, 2, 1]
    take(3)
    later(hours=50)
    background.work(app)
    assert stored() == []


def test_where_nothing_waits_nothing_is_written(cast, thread, taken):
    hidden, other = make.reply(cast.ada, thread), make.reply(cast.bruno, thread)
    keeping.hide_reply(hidden, reason="Off.", by=cast.carla)
    pulse = session().execute(select(Site.pulse)).scalar_one()
    assert list(erasing.erase()) == []
    assert session().execute(select(Site.pulse)).scalar_one() == pulse
    assert all(reply.source for reply in (hidden, other, taken))


def test_what_waits_is_read_from_an_index_that_holds_nothing_else(taken):
    session().rollback()
    lite = db.engine.dialect.name == "sqlite"
    if not lite:
        session().execute(text("SET LOCAL enable_seqscan = off"))
    due = select(Reply.id).where(ERASABLE, Reply.state_at <= taken.state_at).order_by(Reply.state_at)
    asked = due.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = session().execute(text(f"EXPLAIN {'QUERY PLAN' if lite else ''} {asked}")).all()
    assert any("ix_replies_erasable" in str(row[-1]) for row in plan), plan


@pytest.mark.one_database
def test_only_its_author_is_offered_to_bring_it_back_and_for_a_day(cast, thread, taken, visitor, browser_of, later):
    link = f'href="/replies/{taken.id}/return"'
    everyone = [visitor, *(browser_of(getattr(cast, name)) for name in ("ada", "bruno", "carla"))]
    assert [link in client.get(place(thread)).text for client in everyone] == [False, True, False, False]
    later(hours=24)
    assert [link in client.get(place(thread)).text for client in everyone] == [False] * 4


@pytest.mark.one_database
def test_an_author_reads_it_once_more_and_brings_it_back(cast, taken, browser_of):
    ada = browser_of(cast.ada)
    page = ada.get(f"/replies/{taken.id}/return")
    assert WORDS in page.text
    assert page.headers["Cache-Control"] == "no-store"
    sent = ada.post(page.request.path, headers=FROM_HERE)
    back = followed(ada, sent).text
    assert "Your reply is back where it was." in back
    assert WORDS in back
    assert ada.get(page.request.path).status_code == 403


@pytest.mark.one_database
def test_the_page_shows_its_words_to_nobody_else_nor_after_a_day(cast, taken, visitor, browser_of, later):
    path = f"/replies/{taken.id}/return"
    others = [visitor, *(browser_of(getattr(cast, name)) for name in ("bruno", "carla", "dario", "elena"))]
    for answer in [one for client in others for one in (client.get(path), client.post(path, headers=FROM_HERE))]:
        assert answer.status_code in {303, 401, 403}
        assert WORDS not in answer.text
    assert taken.state == "withdrawn"
    later(hours=24)
    late = browser_of(cast.ada).get(path)
    assert (late.status_code, WORDS in late.text) == (403, False)
    assert "The words of this reply are gone." in late.text


@pytest.mark.one_database
def test_the_page_says_that_a_hidden_one_comes_back_hidden(cast, thread, browser_of):
    reply = make.reply(cast.ada, thread, WORDS)
    keeping.hide_reply(reply, reason="Names a neighbour.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    page = browser_of(cast.ada).get(f"/replies/{reply.id}/return").text
    assert "comes back hidden" in page
    assert "Names a neighbour." in page

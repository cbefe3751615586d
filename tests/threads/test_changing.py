import pytest
from sqlalchemy import select, text

from forum.core.db import db, session
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, opening
from forum.threads.models import Reply, Thread
from tests import make


def test_an_edit_changes_words_and_kind_and_is_marked(cast, thread):
    reply = make.aged(make.reply(cast.ada, thread, "Pause."))
    changing.edit(reply, kind="lived", source="First.", by=cast.ada)
    assert (reply.kind, reply.source, reply.html) == ("lived", "First.", "<p>First.</p>\n")
    assert reply.edited_at is not None


def test_an_edited_reply_says_so_on_the_page(cast, thread, visitor):
    reply = make.aged(make.reply(cast.ada, thread, "Pause."))
    place = f"/threads/{thread.id}-{thread.slug}"
    assert "edited <time" not in visitor.get(place).text
    changing.edit(reply, kind="thinking", source="First.", by=cast.ada)
    page = visitor.get(place).text
    assert f'<a href="/replies/{reply.id}/revisions">edited <time' in page
    assert "Pause" not in page


def test_the_same_words_again_leave_no_mark(cast, thread):
    reply = make.reply(cast.ada, thread, "Still this.")
    changing.edit(reply, kind=reply.kind, source="Still this.", by=cast.ada)
    assert reply.edited_at is None


def test_an_edit_moves_nothing(cast, thread):
    reply = make.reply(cast.ada, thread)
    before = (thread.activity, thread.reply_count, reply.created_at)
    changing.edit(reply, kind="asking", source="Now?", by=cast.ada)
    assert (thread.activity, thread.reply_count, reply.created_at) == before


def test_a_lock_does_not_keep_an_author_from_mending(cast, thread):
    reply = make.reply(cast.ada, thread)
    make.locked(thread, cast.carla)
    changing.edit(reply, kind="lived", source="Mended.", by=cast.ada)
    assert reply.source == "Mended."


@pytest.mark.parametrize("name", ["bruno", "carla", "dario", "elena"])
def test_nobody_changes_or_withdraws_what_another_wrote(cast, thread, name):
    reply, other = make.reply(cast.ada, thread, "Mine."), getattr(cast, name)
    with pytest.raises(Refused, match="Only its author"):
        changing.edit(reply, kind="lived", source="Yours.", by=other)
    with pytest.raises(Refused, match="Only its author"):
        changing.withdraw(reply, by=other)
    assert (reply.source, reply.state) == ("Mine.", "standing")


def test_withdrawing_takes_the_words_out_of_the_row(cast, thread):
    reply = make.aged(make.reply(cast.ada, thread, "Xylophone."))
    changing.edit(reply, kind="lived", source="Xylophones!", by=cast.ada)
    changing.withdraw(reply, by=cast.ada)
    row = session().execute(text("SELECT * FROM replies WHERE id = :id"), {"id": reply.id}).mappings().one()
    assert (row["state"], row["source"], row["html"], row["state_reason"]) == ("withdrawn", "", "", "")
    for table in db.metadata.sorted_tables:
        for stored in session().execute(select(table)):
            assert "ylophone" not in str(tuple(stored))


def test_a_withdrawn_reply_leaves_a_stub_and_its_answers_stay(cast, thread, visitor):
    root = make.reply(cast.ada, thread, "Taken back.")
    answer = make.answer(cast.bruno, root, "Still here.")
    changing.withdraw(root, by=cast.ada)
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    assert f'id="r{root.id}"' in page
    assert "This reply was withdrawn by its author." in page
    assert "Taken back." not in page
    assert "Still here." in page
    assert session().get_one(Reply, answer.id).root_id == root.id


def test_a_hidden_reply_can_be_withdrawn_and_the_reason_for_hiding_goes_with_it(cast, thread):
    reply = make.reply(cast.ada, thread)
    keeping.hide_reply(reply, reason="Names a neighbour.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    assert (reply.state, reply.state_reason, reply.source) == ("withdrawn", "", "")
    assert thread.reply_count == 0
    with pytest.raises(Refused):
        keeping.restore_reply(reply, reason="Back.", by=cast.carla)


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_what_does_not_stand_cannot_be_changed(cast, thread, state):
    reply = make.reply(cast.ada, thread)
    if state == "withdrawn":
        changing.withdraw(reply, by=cast.ada)
    else:
        keeping.hide_reply(reply, reason="Off.", by=cast.carla)
    with pytest.raises(Refused):
        changing.edit(reply, kind="lived", source="Back again.", by=cast.ada)


def test_an_opening_text_is_changed_by_its_author_and_marked(cast):
    thread = make.thread(cast.ada)
    opening.edit_thread(thread, title="Two benches", source="Come, all of you.", by=cast.ada)
    assert (thread.title, thread.html) == ("Two benches", "<p>Come, all of you.</p>\n")
    assert thread.edited_at is not None


def test_an_opening_text_that_stays_the_same_is_not_marked(cast):
    thread = make.thread(cast.ada)
    opening.edit_thread(thread, title=thread.title, source=thread.source, by=cast.ada)
    assert thread.edited_at is None


@pytest.mark.parametrize("name", ["bruno", "carla", "dario", "elena"])
def test_nobody_changes_an_opening_text_that_another_wrote(cast, name):
    thread = make.thread(cast.ada)
    with pytest.raises(Refused):
        opening.edit_thread(thread, title="Mine now", source="Ha.", by=getattr(cast, name))
    assert session().get_one(Thread, thread.id).title == "A bench by the river"

import pytest

from forum.core.db import session
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, opening
from forum.threads.models import Thread
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

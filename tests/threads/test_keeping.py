from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.pages import Place
from forum.core.rules import Refused
from forum.threads import queries
from forum.threads.actions import keeping
from forum.threads.stream import stream
from tests import make

ACTS = {
    "lock": keeping.lock,
    "unlock": keeping.unlock,
    "hide_thread": keeping.hide_thread,
    "restore_thread": keeping.restore_thread,
}


def log() -> list[LogEntry]:
    return list(session().scalars(select(LogEntry).order_by(LogEntry.id)))


def test_a_lock_has_a_reason_a_role_and_a_time(cast, thread):
    keeping.lock(thread, reason="We sleep over it.", by=cast.carla)
    assert (thread.locked, thread.locked_reason, thread.locked_role) == (
        True,
        "We sleep over it.",
        "moderator",
    )
    keeping.unlock(thread, reason="We slept.", by=cast.dario)
    assert (thread.locked_at, thread.locked_reason, thread.locked_role) == (None, "", "")


def test_a_facilitator_acts_as_facilitator_and_a_moderator_as_moderator(cast):
    for keeper, role in ((cast.elena, "facilitator"), (cast.carla, "moderator"), (cast.dario, "admin")):
        assert make.locked(make.thread(cast.ada), keeper).locked_role == role


def test_every_act_leaves_an_entry_with_its_reason(cast):
    thread = make.thread(cast.ada)
    for act in ("lock", "unlock", "hide_thread", "restore_thread"):
        ACTS[act](thread, reason=f"because of {act}", by=cast.carla)
    found = [(e.act, e.reason, e.actor_id, e.actor_role, e.thread_id, e.reply_id) for e in log()]
    assert found == [(act, f"because of {act}", cast.carla.id, "moderator", thread.id, None) for act in ACTS]


def test_a_pin_has_a_scope_and_an_end(cast):
    thread, until = make.thread(cast.ada), datetime(2100, 1, 2, tzinfo=UTC)
    keeping.pin(thread, scope="theme", reason="Start here.", until=until, by=cast.elena)
    assert (thread.pin_scope, thread.pinned_until, thread.pinned_reason) == ("theme", until, "Start here.")
    entry = log()[-1]
    assert (entry.act, entry.detail, entry.until) == ("pin", "theme", until)
    keeping.unpin(thread, reason="Started.", by=cast.elena)
    assert (thread.pin_scope, thread.pinned_at, thread.pinned_until, thread.pinned_reason) == (
        "",
        None,
        None,
        "",
    )


def test_a_facilitator_pins_in_the_theme_and_not_in_the_forum(cast):
    thread = make.thread(cast.ada)
    with pytest.raises(Refused, match=r"Only moderators pin a thread for the whole forum."):
        keeping.pin(thread, scope="forum", reason="Look!", until=None, by=cast.elena)
    keeping.pin(thread, scope="theme", reason="Look.", until=None, by=cast.elena)
    assert thread.pin_scope == "theme"


def pinned_ids(theme_id: int | None, who) -> list[int]:
    return [row.id for row in queries.threads(who, Place(), theme_id)[0]]


def test_a_theme_pin_stands_first_in_its_theme_only_and_a_forum_pin_everywhere(cast, thread):
    mine = make.thread(cast.ada)
    theme_id = make.theme().id
    keeping.pin(mine, scope="theme", reason="Here.", until=None, by=cast.carla)
    assert (pinned_ids(theme_id, cast.bruno), pinned_ids(None, cast.bruno)) == ([mine.id], [thread.id])
    keeping.pin(mine, scope="forum", reason="Everywhere.", until=None, by=cast.carla)
    assert (pinned_ids(theme_id, cast.bruno), pinned_ids(None, cast.bruno)) == (
        [mine.id],
        [mine.id, thread.id],
    )


def test_a_pin_that_has_ended_is_none(cast, thread, browser_of):
    mine = make.thread(cast.ada)
    keeping.pin(mine, scope="forum", reason="Till yesterday.", until=clock.now() - timedelta(days=1), by=cast.carla)
    pinned, page = queries.threads(cast.bruno, Place())
    assert [row.id for row in pinned] == [thread.id]
    assert mine.id in [row.id for row in page.rows]
    shown = browser_of(cast.elena).get(f"/threads/{mine.id}-{mine.slug}").text
    assert "Till yesterday." not in shown.split('<section class="talk')[0]
    with pytest.raises(Refused, match=r"not pinned"):
        keeping.unpin(mine, reason="Off.", by=cast.carla)
    keeping.pin(mine, scope="theme", reason="Again, here.", until=None, by=cast.elena)
    assert mine.pinned


def test_a_hidden_reply_keeps_its_place_with_the_reason(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, "Rhubarb.")
    keeping.hide_reply(reply, reason="Names a neighbour.", by=cast.carla)
    assert (reply.state, reply.state_reason, reply.source) == ("hidden", "Names a neighbour.", "Rhubarb.")
    assert (log()[-1].act, log()[-1].reply_id) == ("hide_reply", reply.id)
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    assert "This reply is hidden by a moderator: <bdi>Names a neighbour.</bdi>" in page.replace("</p>", "")
    keeping.restore_reply(reply, reason="It does not.", by=cast.dario)
    assert (reply.state, reply.state_reason) == ("standing", "")
    assert "Rhubarb." in visitor.get(f"/threads/{thread.id}-{thread.slug}").text


def test_an_essay_cannot_be_hidden(cast, thread):
    with pytest.raises(Refused, match=r"cannot be hidden"):
        keeping.hide_thread(thread, reason="No.", by=cast.dario)


def test_a_refused_act_leaves_no_entry(cast, thread):
    for act in ACTS.values():
        with pytest.raises(Refused):
            act(thread, reason="I would.", by=cast.bruno)
    assert log() == []


def test_an_entry_stands_between_the_replies_that_it_came_between(cast, thread):
    make.reply(cast.ada, thread)
    last_answer = make.answer(cast.bruno, make.reply(cast.ada, thread))
    keeping.lock(thread, reason="between", by=cast.carla)
    assert log()[-1].after_reply_id == last_answer.id
    keeping.unlock(thread, reason="between too", by=cast.carla)
    make.reply(cast.ada, thread)
    keeping.lock(thread, reason="after", by=cast.carla)
    page, after, _rail = stream(thread, cast.bruno, Place())
    assert [[e.reason for e in voice.entries] for voice in page.rows] == [[], [], ["between", "between too"]]
    assert [e.reason for e in after] == ["after"]


def test_an_entry_of_a_thread_without_replies_stands_in_it(cast, thread):
    make.locked(thread, cast.carla, "from the start")
    page, after, _rail = stream(thread, cast.bruno, Place())
    assert (page.rows, [e.reason for e in after]) == ([], ["from the start"])

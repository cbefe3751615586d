import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from forum.accounts.actions import roles
from forum.core.db import session
from forum.core.log import LogEntry, record
from forum.essays.actions import publish
from forum.moderation import queries
from forum.threads.actions import changing, keeping
from tests import make


@pytest.fixture
def entries(app):
    """Return a function that adds so many entries without much to tell."""

    def add(count: int) -> list[int]:
        made = [record("lock", None, "host", reason=f"entry {number}") for number in range(count)]
        session().flush()
        ids = [entry.id for entry in made]
        session().commit()
        return ids

    return add


def entry(page: str, number: int) -> str:
    return page.partition(f'id="e{number}"')[2].partition("</li>")[0]


def last() -> LogEntry:
    return session().scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()


def test_everyone_reads_what_was_done_by_which_role_and_why(cast, thread, visitor, browser_of):
    make.locked(thread, cast.carla, "We sleep over it.")
    for client in (visitor, browser_of(cast.bruno)):
        shown = entry(client.get("/moderation/log").text, last().id)
        assert f"moderator {cast.carla.id} locked" in shown
        assert "We sleep over it." in shown
        assert f'<a href="/threads/{thread.id}' in shown


def test_nobody_is_named(cast, thread, browser_of, visitor):
    own = make.thread(cast.ada)
    reply = make.reply(cast.bruno, own)
    keeping.lock(own, reason="a", by=cast.carla)
    keeping.pin(own, scope="theme", reason="b", until=datetime(2100, 1, 2, tzinfo=UTC), by=cast.elena)
    keeping.hide_reply(reply, reason="c", by=cast.carla)
    roles.give_role(cast.bruno, "moderator", by=cast.dario)
    roles.appoint(cast.ada, make.theme().id, by=cast.dario)
    roles.dismiss(cast.ada, make.theme().id, by=None)
    names = ("ada", "bruno", "carla", "dario", "elena")
    for client in (visitor, browser_of(cast.dario)):
        page = client.get("/moderation/log").text
        shown = page.partition('<ol class="log">')[2].partition("</ol>")[0]
        assert shown.count("<li ") == 6
        assert not [name for name in names if name in shown]


def test_every_kind_of_act_can_be_told(cast, thread, visitor):
    own = make.thread(cast.ada)
    reply = make.reply(cast.bruno, own)
    for act in (keeping.lock, keeping.unlock, keeping.hide_thread, keeping.restore_thread):
        act(own, reason="r", by=cast.carla)
    keeping.pin(own, scope="forum", reason="r", until=datetime(2100, 1, 2, tzinfo=UTC), by=cast.carla)
    keeping.unpin(own, reason="r", by=cast.carla)
    keeping.hide_reply(reply, reason="r", by=cast.carla)
    keeping.restore_reply(reply, reason="r", by=cast.carla)
    roles.give_role(cast.bruno, "moderator", by=cast.dario)
    roles.appoint(cast.bruno, make.theme().id, by=cast.dario)
    roles.dismiss(cast.bruno, make.theme().id, by=cast.dario)
    publish(replace(make.ESSAY, passages=("Other words.", *make.ESSAY.passages[1:])), by=cast.dario)
    page = visitor.get("/moderation/log").text
    told = (
        "locked",
        "unlocked",
        "hid a thread",
        "restored a thread",
        "pinned",
        "unpinned",
        "hid a reply in",
        "restored a reply in",
    )
    told += (
        "gave a member the role moderator",
        "appointed a facilitator of Mistrust",
        "dismissed a facilitator of Mistrust",
    )
    told += ("published a new edition of On Bridges", "in the whole forum, until 2 Jan 2100")
    plain = " ".join(re.sub("<[^>]*>", "", page).split())
    assert [words for words in told if words not in plain] == []
    assert page.count("<li id=") == 12


def test_a_hidden_thread_is_not_named_to_those_who_cannot_see_it(cast, visitor, browser_of):
    own = make.thread(cast.ada, title="A title with a neighbour's name")
    reply = make.reply(cast.bruno, own)
    keeping.hide_reply(reply, reason="Not here.", by=cast.carla)
    keeping.hide_thread(own, reason="Nor this.", by=cast.carla)
    for client in (visitor, browser_of(cast.ada), browser_of(cast.elena)):
        page = client.get("/moderation/log").text
        assert "Nor this." in page
        assert "neighbour" not in page
        assert f"/threads/{own.id}" not in page
        assert f"/replies/{reply.id}" not in page
    assert "neighbour" in browser_of(cast.carla).get("/moderation/log").text
    keeping.restore_thread(own, reason="After all.", by=cast.carla)
    assert "neighbour" in visitor.get("/moderation/log").text


def test_a_reason_is_shown_as_words(cast, thread, visitor):
    make.locked(thread, cast.carla, "<script>x</script> \u2067 *b*")
    assert "&lt;script&gt;x&lt;/script&gt;" in visitor.get("/moderation/log").text


@pytest.mark.parametrize("count", [0, 1, queries.SIZE, queries.SIZE + 1, 2 * queries.SIZE + 3])
def test_the_log_pages_from_the_newest_to_the_first_and_back(entries, visitor, count):
    ids = entries(count)
    found, address, last_address = [], "/moderation/log", ""
    while address:
        page = visitor.get(address).text
        found += [number for number in reversed(ids) if f'id="e{number}"' in page]
        last_address, address = address, page.partition('rel="next" href="')[2].partition('"')[0]
    assert found == ids[::-1]
    back, address = [], last_address
    while address:
        page = visitor.get(address).text
        back += [number for number in ids if f'id="e{number}"' in page]
        address = page.partition('rel="prev" href="')[2].partition('"')[0]
    assert back == ids


def test_a_log_without_entries_says_so(app, visitor):
    assert "Nothing has been done yet." in visitor.get("/moderation/log").text


def test_an_entry_has_an_address(entries, visitor):
    (number,) = entries(1)
    assert f'<a href="#e{number}">entry {number}</a>' in visitor.get("/moderation/log").text


def test_no_act_of_an_author_is_logged(cast, thread):
    reply = make.reply(cast.ada, thread)
    changing.edit(reply, kind="lived", source="Other words.", by=cast.ada)
    changing.withdraw(reply, by=cast.ada)
    assert session().scalars(select(LogEntry)).all() == []

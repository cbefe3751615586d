import ast
import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.accounts.actions import roles
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry, record
from forum.essays.actions import publish
from forum.moderation import wording
from forum.moderation.months import Month
from forum.moderation.queries import log as queries
from forum.threads.actions import changing, keeping, moving
from tests import make
from tests.house.tree import modules


@pytest.fixture
def entries(app):
    """Return a function that adds so many entries without much to tell."""

    def add(count: int) -> list[int]:
        ids = [record("lock", None, "host", reason=f"entry {number}").id for number in range(count)]
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
        assert re.search(r"<bdi>moderator m-[0-9a-f]{4}</bdi></a> locked <a", shown)
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
        assert not [name for name in names if re.search(rf"\b{name}\b", shown)]


def test_every_act_that_is_recorded_anywhere_can_be_told():
    calls = [call for module in modules().values() for call in ast.walk(module) if isinstance(call, ast.Call)]
    named = {getattr(call.func, "attr", getattr(call.func, "id", "")): call for call in calls}
    assert {"record", "_logged"} <= named.keys()
    acts = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in {"record", "_logged"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert acts <= wording.SENTENCES.keys()
    narrowed = {act for _label, of_kind in wording.KINDS.values() for act in of_kind}
    assert acts <= narrowed


def test_what_was_done_is_told_in_whole_sentences(cast, thread, visitor):
    own = make.thread(cast.ada)
    reply = make.reply(cast.bruno, own)
    keeping.pin(own, scope="forum", reason="r", until=datetime(2100, 1, 2, tzinfo=UTC), by=cast.carla)
    keeping.hide_reply(reply, reason="r", by=cast.carla)
    moving.move_reply(reply, into=thread, theme=make.theme(), reason="r", by=cast.carla)
    roles.give_role(cast.bruno, "moderator", by=None)
    roles.appoint(cast.bruno, make.theme().id, by=cast.dario)
    publish(replace(make.ESSAY, passages=("Other words.", *make.ESSAY.passages[1:])), by=cast.dario)
    page = visitor.get("/moderation/log").text
    plain = " ".join(html.unescape(re.sub("<[^>]*>", "", page)).split())
    for told in (
        f"pinned {own.title} in the whole forum (until 2 Jan 2100",
        f"hid a reply in {own.title}",
        f"moved a reply from another thread to {thread.title}",
        f"moved a reply from {own.title} to another thread",
        "host gave a member the role moderator",
        "appointed a member facilitator of Mistrust",
        "published a new edition of On Bridges",
    ):
        assert told in plain


def test_someone_has_the_same_mark_in_every_role_and_it_tells_no_more(cast, thread, visitor):
    make.locked(thread, cast.carla, "First.")
    first = last().actor_mark
    roles.give_role(cast.carla, "admin", by=cast.dario)
    others = last().actor_mark
    keeping.unlock(thread, reason="Second.", by=cast.carla)
    assert re.fullmatch("m-[0-9a-f]{4}", first)
    assert last().actor_mark == first != others
    page = visitor.get(f"/moderation/log?by={first}").text
    assert ["First." in page, "Second." in page, "the role" in page] == [True, True, False]


def test_the_log_is_narrowed_by_act_role_month_and_thread(cast, thread, visitor, later):
    own = make.thread(cast.ada)
    later(days=-62)
    keeping.lock(own, reason="Long ago.", by=cast.carla)
    later()
    keeping.lock(thread, reason="Elsewhere.", by=cast.carla)
    keeping.pin(own, scope="theme", reason="By a facilitator.", until=None, by=cast.elena)
    said, now = ["Long ago.", "Elsewhere.", "By a facilitator."], Month.of(clock.now())
    for query, shown in {
        "act=locks": said[:2],
        "act=pins": said[2:],
        "role=facilitator": said[2:],
        f"month={Month.of(clock.now() - timedelta(days=62))}": said[:1],
        f"month={now}": said[1:],
        f"thread={own.id}": [said[0], said[2]],
        f"thread={own.id}&act=locks&role=moderator": said[:1],
        "act=nonsense&role=&month=2026-13&thread=x&by=": said,
    }.items():
        page = visitor.get(f"/moderation/log?{query}").text
        assert [words for words in said if words in page] == shown, query
    assert "Nothing of this kind has been done." in visitor.get("/moderation/log?act=moves").text


@pytest.mark.one_database
def test_only_those_who_keep_the_place_read_the_log_with_names(cast, thread, browser_of):
    make.locked(thread, cast.carla, "We sleep over it.")
    roles.give_role(cast.bruno, "moderator", by=cast.dario)
    assert browser_of(cast.ada).get("/moderation/log/full").status_code == 403
    page = browser_of(cast.carla).get("/moderation/log/full").text
    shown = " ".join(re.sub("<[^>]*>", "", page.partition('<ol class="log">')[2].partition("</ol>")[0]).split())
    assert re.search(r"carla \(moderator m-....\) locked", shown)
    assert re.search(r"dario \(admin m-....\) gave bruno the role moderator", shown)


def test_the_feed_of_the_log_names_nobody_and_brings_the_seals(cast, thread, visitor):
    own = make.thread(cast.ada, title="Of a neighbour")
    keeping.lock(own, reason="Too <loud>.", by=cast.carla)
    keeping.hide_thread(own, reason="Not here.", by=cast.carla)
    feed = visitor.get("/feeds/log.atom").text
    assert "Too &amp;lt;loud&amp;gt;." in feed
    assert last().seal in feed
    assert not [name for name in ("carla", "neighbour") if name in feed]


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
    address = f"/moderation/log?after={number + 1}#e{number}"
    assert f'<a href="{address}">entry {number}</a>' in visitor.get("/moderation/log").text
    assert f'id="e{number}"' in visitor.get(address).text


def test_no_act_of_an_author_is_logged(cast, thread):
    reply = make.reply(cast.ada, thread)
    changing.edit(reply, kind="lived", source="Other words.", by=cast.ada)
    changing.withdraw(reply, by=cast.ada)
    assert session().scalars(select(LogEntry)).all() == []

"""What a reply said before: when a change leaves a trace, who reads it, and what answered it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, replying, revising
from forum.threads.models import Reply, Revision
from tests import make
from tests.together import at_once


def edit(reply, source, by, **more):
    changing.edit(reply, kind="thinking", source=source, by=by, **more)


def wordings(reply):
    found = session().scalars(select(Revision).where(Revision.reply_id == reply.id).order_by(Revision.number))
    return [(one.number, one.source) for one in found]


@pytest.fixture
def reply(cast, thread):
    return make.reply(cast.ada, thread, "A first word.")


@pytest.fixture
def page(visitor):
    return lambda reply, client=visitor: client.get(f"/replies/{reply.id}/revisions").text


def test_for_a_quarter_of_an_hour_a_change_leaves_no_trace(cast, reply, visitor, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: reply.created_at + timedelta(minutes=15))
    edit(reply, "A better word.", cast.ada)
    assert (reply.source, reply.edited_at, reply.revision, wordings(reply)) == ("A better word.", None, 0, [])
    assert "edited" not in visitor.get(f"/threads/{reply.thread_id}-{reply.thread.slug}").text


def test_after_that_what_it_said_is_kept_with_when_and_why(cast, reply, monkeypatch):
    written = reply.created_at
    monkeypatch.setattr(clock, "now", lambda: written + timedelta(minutes=15, seconds=1))
    edit(reply, "A better word.", cast.ada, reason="It was unfair.")
    monkeypatch.setattr(clock, "now", lambda: written + timedelta(hours=2))
    edit(reply, "The best word.", cast.ada)
    assert wordings(reply) == [(0, "A first word."), (1, "A better word.")]
    first, second = session().scalars(select(Revision).order_by(Revision.number))
    assert (first.written_at, first.reason) == (written, "")
    assert (second.written_at, second.reason) == (written + timedelta(minutes=15, seconds=1), "It was unfair.")
    assert (reply.revision, reply.edited_at, reply.edit_reason) == (2, written + timedelta(hours=2), "")


def test_once_somebody_answered_every_change_is_kept_however_soon(cast, reply):
    make.answer(cast.bruno, reply)
    edit(reply, "A better word.", cast.ada)
    assert wordings(reply) == [(0, "A first word.")]


def test_a_change_after_one_that_was_kept_is_kept_too_even_at_once(cast, reply):
    make.aged(reply)
    edit(reply, "A better word.", cast.ada)
    edit(reply, "The best word.", cast.ada)
    assert [number for number, _source in wordings(reply)] == [0, 1]


def test_who_answered_an_earlier_wording_is_marked_and_who_answered_this_one_is_not(cast, thread, reply, visitor):
    early = make.answer(cast.bruno, reply)
    edit(reply, "A better word.", cast.ada)
    late = make.answer(cast.elena, reply)
    shown = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    parts = {one.id: shown.partition(f'id="r{one.id}"')[2].partition("</article>")[0] for one in (early, late)}
    mark = f'<a href="/replies/{reply.id}/revisions">answered an earlier wording</a>'
    assert mark in parts[early.id]
    assert mark not in parts[late.id]


def test_an_answer_and_a_change_at_once_leave_either_a_mark_or_an_answer_to_the_new_words(app, cast, reply):
    def answer():
        said = replying.Words(reply_theme, "asking", "Really?")
        replying.answer(session().get_one(Reply, key), said, by=cast_of("bruno"), form_key=make.form_key())

    def change():
        edit(session().get_one(Reply, key), "A better word.", cast_of("ada"))

    def cast_of(name):
        return session().get_one(type(cast.ada), ids[name])

    key, reply_theme, ids = reply.id, reply.theme_id, {"ada": cast.ada.id, "bruno": cast.bruno.id}
    at_once(app, answer, change)
    session().rollback()
    answered = session().scalars(select(Reply).where(Reply.answers_id == key)).one()
    now = session().get_one(Reply, key)
    assert now.source == "A better word."
    assert (now.revision, len(wordings(now)), answered.answered_revision) in {(0, 0, 0), (1, 1, 0)}


@pytest.mark.one_database
def test_everyone_reads_what_changed_word_by_word(cast, reply, page, browser_of):
    make.aged(reply)
    edit(reply, "A kinder word.", cast.ada, reason="Kinder.")
    for client in (browser_of(cast.bruno), browser_of(cast.carla)):
        assert "<del>" in page(reply, client)
    shown = page(reply)
    assert "As it stands now" in shown
    assert "As it was first written" in shown
    assert "Kinder." in shown
    assert re.search(r"<del>.*first.*</del><ins>.*kinder.*</ins>", shown)


@pytest.mark.one_database
def test_the_words_are_shown_as_they_were_written_and_do_nothing(cast, thread, page):
    reply = make.aged(make.reply(cast.ada, thread, "<script>alert(1)</script> *a*"))
    edit(reply, "b", cast.ada, reason="<b>bold</b>")
    shown = page(reply)
    assert "<script>alert" not in shown
    assert "<b>bold" not in shown
    assert "&lt;script&gt;" in shown


def test_a_hidden_wording_is_read_by_those_who_moderate_alone_and_nothing_beside_it_tells_it(
    cast, reply, page, visitor, browser_of
):
    make.aged(reply)
    edit(reply, "Quinces at number nine.", cast.ada)
    edit(reply, "Fruit somewhere.", cast.ada)
    second = session().get_one(Revision, (reply.id, 1))
    revising.hide_revision(second, reason="Names a neighbour.", by=cast.carla)
    for client in (visitor, browser_of(cast.bruno), browser_of(cast.elena), browser_of(cast.ada)):
        shown = page(reply, client)
        assert "Quinces" not in shown
        assert "Names a neighbour." in shown
        assert "A first word." in shown
        assert "Fruit somewhere." in shown
    assert "Quinces" in page(reply, browser_of(cast.carla))
    entry = session().scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert (entry.act, entry.reason, entry.reply_id) == ("hide_revision", "Names a neighbour.", reply.id)
    revising.restore_revision(second, reason="It was a street.", by=cast.dario)
    assert "Quinces" in page(reply)


def test_nobody_else_hides_a_wording(cast, reply):
    make.aged(reply)
    edit(reply, "Another.", cast.ada)
    for name in ("ada", "bruno", "elena"):
        with pytest.raises(Refused, match="Only moderators"):
            revising.hide_revision(session().get_one(Revision, (reply.id, 0)), reason="x", by=getattr(cast, name))


@pytest.mark.parametrize("state", ["hidden", "withdrawn"])
def test_what_is_not_to_be_read_has_no_earlier_wordings_either(cast, reply, visitor, browser_of, state):
    make.aged(reply)
    edit(reply, "Another.", cast.ada)
    if state == "hidden":
        keeping.hide_reply(reply, reason="Not here.", by=cast.carla)
    else:
        changing.withdraw(reply, by=cast.ada)
    path = f"/replies/{reply.id}/revisions"
    assert {visitor.get(path).status_code, browser_of(cast.bruno).get(path).status_code} == {404}
    assert browser_of(cast.ada).get(path).status_code == 404
    carla = browser_of(cast.carla)
    asked = [carla.get(page).status_code for page in (path, f"{path}/0/hide")]
    assert asked == [200 if state == "hidden" else 404] * 2


@pytest.mark.one_database
def test_the_forms_hide_and_restore_a_wording_with_a_reason(cast, reply, browser_of, page):
    make.aged(reply)
    edit(reply, "Another.", cast.ada)
    carla, path = browser_of(cast.carla), f"/replies/{reply.id}/revisions/0"
    assert "A first word." in carla.get(f"{path}/hide").text
    assert carla.post(f"{path}/hide", data={"reason": ""}).status_code == 422
    assert carla.post(f"{path}/hide", data={"reason": "Too much."}).status_code == 303
    assert "Too much." in page(reply)
    assert carla.post(f"{path}/hide", data={"reason": "Again."}).status_code == 403
    assert carla.post(f"{path}/restore", data={"reason": "Fine."}).status_code == 303
    assert browser_of(cast.bruno).post(f"{path}/hide", data={"reason": "Mine."}).status_code == 403
    assert carla.get(f"/replies/{reply.id}/revisions/7/hide").status_code == 404


@pytest.mark.one_database
def test_the_form_says_whether_a_change_will_be_seen_and_asks_why_only_then(cast, reply, browser_of):
    ada, path = browser_of(cast.ada), f"/replies/{reply.id}/edit"
    before = ada.get(path).text
    assert "a change leaves no trace" in before
    assert 'name="reason"' not in before
    make.aged(reply)
    after = ada.get(path).text
    assert "stays readable" in after
    assert 'name="reason"' in after
    sent = ada.post(path, data={"kind": "lived", "body": "Another.", "reason": "A slip."})
    assert sent.status_code == 303
    assert session().get_one(Reply, reply.id).edit_reason == "A slip."
    long = ada.post(path, data={"kind": "lived", "body": "More.", "reason": "x" * 201})
    assert (long.status_code, "More." in long.text) == (422, True)


def test_many_wordings_come_page_by_page_each_with_what_changed(cast, reply, visitor):
    make.aged(reply)
    for number in range(25):
        edit(reply, f"word {number}", cast.ada)
    seen, path = [], f"/replies/{reply.id}/revisions"
    for after in ("", "?after=16", "?after=6"):
        shown = visitor.get(path + after).text
        parts = shown.split('<section class="wording" id="w')[1:]
        seen += [int(part.partition('"')[0]) for part in parts]
        assert all(("<del>" in part) != ("As it was first" in part) for part in parts)
    assert seen == list(range(25, -1, -1))

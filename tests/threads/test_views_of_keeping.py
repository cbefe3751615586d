"""Journeys of those who keep threads: a page that asks for a reason, and what everyone reads of it afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import session
from forum.threads.actions import keeping
from forum.threads.models import Reply, Thread
from tests import make
from tests.threads.sending import FROM_HERE, followed, form_of, options, send

pytestmark = pytest.mark.one_database


@pytest.fixture
def carla(cast, browser_of):
    return browser_of(cast.carla)


@pytest.fixture
def elena(cast, browser_of):
    return browser_of(cast.elena)


@pytest.fixture
def own(cast):
    return make.thread(cast.ada)


def place(thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


def test_a_thread_is_locked_with_a_reason_that_everyone_reads(own, carla, visitor):
    assert f'href="{place(own)}/lock"' in carla.get(place(own)).text
    sent = send(carla, carla.get(f"{place(own)}/lock"), reason="We <b>sleep</b> over it.")
    assert (sent.status_code, sent.headers["Location"]) == (303, place(own))
    assert "The thread is locked." in followed(carla, sent).text
    for path in (place(own), "/moderation/log", "/threads"):
        assert "We &lt;b&gt;sleep&lt;/b&gt; over it." in visitor.get(path).text
    assert f'href="{place(own)}/unlock"' in carla.get(place(own)).text


@pytest.mark.parametrize("act", ["lock", "pin", "hide"])
@pytest.mark.parametrize("reason", ["", " \u200b ", "x" * 301])
def test_without_a_reason_that_can_be_read_nothing_happens(own, carla, act, reason):
    sent = send(carla, carla.get(f"{place(own)}/{act}"), reason=reason)
    assert sent.status_code == 422
    assert form_of(sent, "reason").fields["reason"] == reason.strip(" \u200b")
    assert (own.locked, own.pinned, own.state) == (False, False, "standing")


def test_a_reason_is_one_line_whatever_is_sent(own, carla):
    send(carla, carla.get(f"{place(own)}/lock"), reason="One\r\ntwo\u202ethree")
    assert own.locked_reason == "One twothree"


def test_a_facilitator_locks_and_unlocks_in_the_theme(own, elena):
    send(elena, elena.get(f"{place(own)}/lock"), reason="Enough for today.")
    assert (own.locked, own.locked_role) == (True, "facilitator")
    assert "labelled as written by someone who keeps it" in elena.get(place(own)).text
    send(elena, elena.get(f"{place(own)}/unlock"), reason="A new day.")
    assert own.locked is False


def test_a_facilitator_is_shown_no_act_that_is_not_theirs(own, thread, elena):
    page = elena.get(place(own)).text
    assert [f"{place(own)}/{act}" in page for act in ("lock", "pin", "hide", "restore", "edit")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert f"{place(thread)}/lock" not in elena.get(place(thread)).text


def test_a_moderator_pins_for_everyone_a_facilitator_in_the_theme_only(own, carla, elena, visitor):
    assert options(elena.get(f"{place(own)}/pin"), "scope") == ["theme"]
    assert options(carla.get(f"{place(own)}/pin"), "scope") == ["theme", "forum"]
    sent = elena.post(f"{place(own)}/pin", data={"scope": "forum", "reason": "Look!"})
    assert (sent.status_code, own.pinned) == (422, False)
    assert send(elena, elena.get(f"{place(own)}/pin"), scope="theme", reason="Start here.").status_code == 303
    assert "Start here." in visitor.get("/threads?theme=mistrust").text
    assert "Start here." not in visitor.get("/threads").text.partition("Latest activity")[0]


def test_an_essay_can_only_be_pinned_for_everyone(thread, carla):
    assert options(carla.get(f"{place(thread)}/pin"), "scope") == ["forum"]
    assert carla.post(f"{place(thread)}/pin", data={"scope": "theme", "reason": "x"}).status_code == 422


def test_a_pin_ends_with_the_day_that_was_chosen(own, carla):
    day = clock.now().date() + timedelta(days=3)
    send(carla, carla.get(f"{place(own)}/pin"), scope="forum", reason="For now.", until=day.isoformat())
    assert own.pinned_until.date() == day + timedelta(days=1)
    assert (own.pinned_until.hour, own.pinned_until.minute) == (0, 0)


@pytest.mark.parametrize(("until", "status"), [
    ("2020-01-01", 422), ("yesterday", 422), ("2100-02-30", 422), ("", 303), ("9999-12-31", 303), ("0001-01-01", 422),
])  # fmt: skip
def test_a_pin_needs_a_day_that_comes(own, carla, until, status):
    sent = send(carla, carla.get(f"{place(own)}/pin"), scope="forum", reason="For now.", until=until)
    assert (sent.status_code, own.pinned) == (status, status == 303)


def test_a_reply_is_hidden_and_restored(cast, own, carla, visitor):
    reply = make.reply(cast.ada, own, "Rhubarb.")
    page = carla.get(f"/replies/{reply.id}/hide")
    assert "Rhubarb." in page.text
    sent = send(carla, page, reason="Names a neighbour.")
    assert followed(carla, sent).status_code == 200
    assert "Rhubarb." not in visitor.get(place(own)).text
    assert "Names a neighbour." in visitor.get(place(own)).text
    send(carla, carla.get(f"/replies/{reply.id}/restore"), reason="It does not.")
    assert "Rhubarb." in visitor.get(place(own)).text


def test_a_hidden_thread_is_there_for_those_who_moderate_and_says_so(own, carla, visitor):
    send(carla, carla.get(f"{place(own)}/hide"), reason="Not this.")
    assert visitor.get(place(own)).status_code == 404
    page = carla.get(place(own)).text
    assert "Hidden: only moderators see this thread." in page
    assert 'name="body"' not in page
    send(carla, carla.get(f"{place(own)}/restore"), reason="After all.")
    assert visitor.get(place(own)).status_code == 200


def test_two_who_lock_one_after_the_other_are_both_told(own, cast, carla):
    page = carla.get(f"{place(own)}/lock")
    make.locked(own, cast.dario, "First.")
    sent = send(carla, page, reason="Second.")
    assert sent.status_code == 403
    assert "This thread is locked already." in sent.text
    assert "Second." in sent.text
    assert own.locked_reason == "First."


def test_what_those_who_keep_a_locked_thread_write_is_labelled(own, cast, elena, visitor):
    make.locked(own, cast.carla)
    send(elena, elena.get(place(own)), kind="thinking", body="A word on the lock.")
    page = visitor.get(place(own)).text
    assert "A word on the lock." in page
    assert "written while the thread was locked, by someone who keeps it" in page


def test_an_author_edits_what_they_wrote(cast, own, browser_of, visitor):
    ada, reply = browser_of(cast.ada), make.reply(cast.ada, own, "Pause.")
    page = ada.get(f"/replies/{reply.id}/edit")
    assert form_of(page, "body", "kind").fields["body"] == "Pause."
    seen = send(ada, page, preview=True, body="*First*.")
    assert "<em>First</em>" in seen.text
    assert reply.source == "Pause."
    again = send(ada, seen, body="")
    assert again.status_code == 422
    assert followed(ada, send(ada, seen, body="First.")).status_code == 200
    assert "<p>First.</p>" in visitor.get(place(own)).text


def test_an_edit_of_what_went_meanwhile_is_given_back(cast, own, browser_of):
    ada, reply = browser_of(cast.ada), make.reply(cast.ada, own, "Before.")
    page = ada.get(f"/replies/{reply.id}/edit")
    keeping.hide_reply(reply, reason="Not here.", by=cast.carla)
    hidden = send(ada, page, body="After a long thought.")
    keeping.hide_thread(own, reason="Not here.", by=cast.carla)
    gone = send(ada, page, body="After a long thought.")
    assert [answer.status_code for answer in (hidden, gone)] == [403, 404]
    assert all("After a long thought." in answer.text for answer in (hidden, gone))
    assert session().get_one(Reply, reply.id).source == "Before."


def test_an_author_edits_an_opening_text_and_loses_none(cast, own, browser_of):
    ada = browser_of(cast.ada)
    assert f"/threads/{own.id}/edit" in ada.get(place(own)).text
    page = ada.get(f"{place(own)}/edit")
    again = send(ada, page, title="", body="Come, all.")
    assert (again.status_code, form_of(again, "title").fields["body"]) == (422, "Come, all.")
    send(ada, again, title="Benches")
    assert (own.title, own.source) == ("Benches", "Come, all.")
    keeping.hide_thread(own, reason="Not here.", by=cast.carla)
    gone = send(ada, page, body="Come, everyone.")
    assert (gone.status_code, "Come, everyone." in gone.text) == (404, True)


def test_an_author_withdraws_after_having_been_asked(cast, own, browser_of):
    ada, reply = browser_of(cast.ada), make.reply(cast.ada, own, "Take this back.")
    page = ada.get(f"/replies/{reply.id}/withdraw")
    assert "Take this back." in page.text
    sent = ada.post(page.request.path, headers=FROM_HERE)
    assert "Your reply is withdrawn." in followed(ada, sent).text
    assert ada.post(page.request.path, headers=FROM_HERE).status_code == 403


def test_nobody_sets_what_a_form_does_not_ask_for(cast, own, browser_of):
    extra = {
        "author_id": str(cast.bruno.id),
        "state": "hidden",
        "as_staff": "1",
        "locked_reason": "x",
        "id": "99",
        "number": "7",
    }
    ada = browser_of(cast.ada)
    ada.post(
        f"{place(own)}/replies",
        data={"theme": "polarization", "kind": "lived", "body": "Mine.", "form_key": "k", **extra},
    )
    made = session().execute(select(Reply)).scalar_one()
    assert (made.author_id, made.state, made.as_staff, made.number) == (cast.ada.id, "standing", False, 0)
    assert made.theme.key == "mistrust"
    ada.post(
        f"{place(own)}/edit", data={"title": "Chairs", "body": "Go.", "theme_id": "1", "pin_scope": "forum", **extra}
    )
    thread = session().get_one(Thread, own.id)
    assert (thread.title, thread.author_id, thread.pin_scope, thread.locked_reason) == ("Chairs", cast.ada.id, "", "")

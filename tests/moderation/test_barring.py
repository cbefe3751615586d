"""Pausing and banning a member: what they may still do, what they are told wherever they may not, and how it ends."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import LoginSession
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.moderation.actions import deciding
from tests import make
from tests.cast import PASSWORD
from tests.moderation.deciding import case_of
from tests.threads.sending import FROM_HERE, send


def test_a_pause_keeps_someone_from_writing_says_until_when_and_ends_by_itself(
    cast, thread, house, reply, browser_of, later
):
    ada = browser_of(cast.ada)
    other = make.reply(cast.bruno, thread, "Hello.")
    decision = make.decided(case_of(reply, cast.elena), "pause", cast.carla, hours=72)
    assert decision.until == clock.now() + timedelta(hours=72)
    essay = f"/threads/{thread.id}-{thread.slug}"
    said = {
        "body": "Long words of mine.",
        "kind": "thinking",
        "theme": "mistrust",
        "title": "A title",
        "form_key": "abc",
    }
    for path in (essay, f"/replies/{other.id}/answers", f"/threads/{reply.thread.id}-{reply.thread.slug}"):
        assert "You are paused until" in ada.get(path).text, path
    assert "You are paused until" in ada.get("/threads/new").text
    for path in (f"{essay}/replies", f"/replies/{other.id}/answers", "/threads"):
        answer = ada.post(path, data=said)
        assert answer.status_code == 403, path
        assert "You are paused until" in answer.text
        assert "Long words of mine." in answer.text
    assert "You are paused" not in browser_of(cast.bruno).get(essay).text
    edit = {"body": "I am sorry.", "kind": "lived", "reason": ""}
    assert ada.post(f"/replies/{reply.id}/edit", data=edit).status_code == 303
    assert ada.post(f"/replies/{reply.id}/withdraw").status_code == 303
    assert ada.post(f"/replies/{reply.id}/return").status_code == 303
    assert ada.post(f"/moderation/replies/{other.id}/flag", data={"reason": "wounds"}).status_code == 303
    later(hours=73)
    assert ada.post(f"{essay}/replies", data=said).status_code == 303
    deciding.undo(decision, reason="It was too much.", by=cast.dario)
    assert session().scalars(select(LogEntry.act).order_by(LogEntry.id.desc())).first() == "undo_decision"


def test_a_ban_ends_every_session_and_leaves_the_way_to_appeal(app, cast, thread, house, reply, browser_of, visitor):
    ada = browser_of(cast.ada)
    essay = f"/threads/{thread.id}-{thread.slug}"
    said = {"body": "What I was writing.", "kind": "thinking", "theme": "mistrust"}
    assert ada.get(essay).status_code == 200
    decision = make.decided(case_of(reply, cast.elena), "ban", cast.carla)
    assert session().scalars(select(LoginSession).where(LoginSession.member_id == cast.ada.id)).all() == []
    assert ada.get("/settings").status_code == 303
    sent = ada.post(f"{essay}/replies", data=said, headers=FROM_HERE)
    assert (sent.status_code, "What I was writing." in sent.text) == (401, True)
    entered = ada.post("/login", data={"login": "ada", "password": PASSWORD})
    assert entered.location == "/moderation/decisions"
    page = ada.get(entered.location).text
    assert "You are banned from this place." in page
    assert f"/moderation/decisions/{decision.id}" in page
    for path in (f"/moderation/decisions/{decision.id}", "/rights", "/rules", "/rules/versions/1", "/about", "/help"):
        assert ada.get(path).status_code == 200, path
    for path in ("/", essay, "/settings", "/drafts", "/notices", "/members/bruno", "/search?q=a", "/threads/new"):
        refused = ada.get(path)
        assert refused.status_code == 403, path
        assert "You are banned from this place." in refused.text
    sent = ada.post(f"{essay}/replies", data=said, headers=FROM_HERE)
    assert (sent.status_code, "What I was writing." in sent.text) == (403, True)
    assert ada.post("/settings/profile", data={"about": "Me."}).status_code == 403
    assert ada.post("/logout").status_code == 303
    assert ada.get(essay).status_code == 200
    deciding.undo(decision, reason="It was someone else.", by=cast.dario)
    assert ada.post("/login", data={"login": "ada", "password": PASSWORD}).location == "/"
    assert ada.get("/settings").status_code == 200


def test_before_someone_is_banned_the_password_is_asked_for_again_and_before_less_it_is_not(
    cast, house, reply, browser_of, later
):
    carla, case = browser_of(cast.carla), case_of(reply, cast.elena)
    path, ruling = f"/moderation/cases/{case.id}/decisions", {"rule": "threats", "facts": "I will come by, they said."}
    later(minutes=10)
    asked = carla.post(path, data={"kind": "ban", **ruling})
    assert (asked.status_code, cast.ada.banned_at) == (401, None)
    assert send(carla, asked, current=PASSWORD).status_code == 303
    session().rollback()
    assert cast.ada.banned_at
    later(minutes=30)
    other = case_of(make.reply(cast.bruno, reply.thread, "And I."), cast.elena)
    done = carla.post(f"/moderation/cases/{other.id}/decisions", data={"kind": "hide", "hours": "24", **ruling})
    assert done.status_code == 303

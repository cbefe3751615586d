"""The page on which one leaves, what it says before and after, and what else is open meanwhile."""

import re

import pytest
from sqlalchemy import func, select

from forum.accounts.actions import proving
from forum.accounts.models import NOBODY as FORMER
from forum.accounts.models import LoginSession, Member
from forum.core.db import session
from forum.core.holdings import HOLDINGS
from forum.drafts.models import Draft
from forum.rights.actions import leaving
from forum.rights.models import Departure
from forum.threads.models import Reply
from tests import make
from tests.rights.parting import leave
from tests.threads.sending import followed, send


def test_the_page_says_what_goes_and_what_stays_and_how_much(entangled, cast, statements):
    with statements() as found:
        page = entangled.get("/rights/leave").text
    assert len(found) <= 4
    for holding in HOLDINGS.values():
        if holding.key != "departures":
            assert f"<dt>{holding.title}" in page, holding.key
            assert str(holding.leaving) in page.replace("&#39;", "'"), holding.key
    assert re.search(r"Your replies <span class=\"soft\">\(4\)", page)
    choose, goes, stays = (page.index(title) for title in ("You choose<", "What goes in", "What stays in"))
    assert choose < page.index("Your replies") < goes < page.index("Your notices") < stays < page.index("<dt>The log")
    privacy = entangled.get("/privacy").text
    assert privacy.count("When you delete your account") == len(HOLDINGS)


@pytest.mark.one_database
def test_the_last_admin_cannot_leave_and_is_told_how_to(cast, browser_of):
    dario = browser_of(cast.dario)
    sentence = "You are the last admin. Make someone else an admin first; then you can leave."
    page = dario.get("/rights/leave").text
    assert sentence in page
    assert "Delete my account" not in page
    answer = leave(dario, "take")
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert session().get(Member, cast.dario.id).name == "dario"


@pytest.mark.one_database
def test_the_password_is_asked_for_and_guesses_are_counted(cast, browser_of):
    ada = browser_of(cast.ada)
    nothing = leave(ada, "")
    assert (nothing.status_code, "Please choose what becomes of your texts." in nothing.text) == (422, True)
    statuses = [leave(ada, "keep", "a wrong guess").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert leave(ada, "keep").status_code == 429
    assert session().get(Member, cast.ada.id).name == "ada"


@pytest.mark.one_database
def test_what_is_written_in_another_window_meanwhile_is_given_back(app, cast, thread, browser_of):
    ada, phone = browser_of(cast.ada), browser_of(cast.ada)
    open_before, elsewhere = ada.get(f"/threads/{thread.id}/reply"), phone.get(f"/threads/{thread.id}/reply")
    if open_before.status_code == 404:
        open_before = followed(ada, ada.get(f"/threads/{thread.id}"))
        elsewhere = followed(phone, phone.get(f"/threads/{thread.id}"))
    assert leave(ada, "take").status_code == 303
    answer = send(ada, open_before, body="My last word.")
    assert answer.status_code == 401
    assert "You have deleted your account, so nothing was sent." in answer.text
    assert "My last word." in answer.text
    assert "Log in" not in answer.text.partition("</header>")[2]
    answer = send(phone, elsewhere, body="Hers, too.")
    assert (answer.status_code, "Hers, too." in answer.text) == (401, True)
    assert not session().scalar(select(func.count()).where(LoginSession.member_id == cast.ada.id))
    again = leave(ada, "take")
    assert (again.status_code, "You have deleted your account" in again.text) == (401, True)
    assert "This page is for members." in ada.get("/settings").text
    assert not session().scalars(select(Draft)).all()


def test_much_is_done_in_the_background_and_the_page_tells_how_far_it_is(app, cast, thread, browser_of, monkeypatch):
    monkeypatch.setattr(leaving, "FEW", 2)
    monkeypatch.setattr("forum.threads.actions.leaving.BATCH", 2)
    for number in range(5):
        make.reply(cast.ada, thread, f"Persimmons, {number}.")
    ada = browser_of(cast.ada)
    leave(ada, "take")
    assert "0 of 5 texts are done." in ada.get("/rights/left").text
    assert session().get(Member, cast.ada.id).name == ""
    assert "a former member" in followed(ada, ada.get(f"/threads/{thread.id}")).text
    steps = leaving.go_on()
    while session().scalar(select(func.count()).where(Reply.author_id == FORMER)) < 4:
        next(steps)
    assert "4 of 5 texts are done." in ada.get("/rights/left").text
    steps.close()  # as when the server is stopped
    for _done in leaving.go_on():
        pass
    assert "It is done as you chose." in ada.get("/rights/left").text
    assert not session().scalars(select(Departure)).all()
    assert {reply.source for reply in session().scalars(select(Reply))} == {""}


@pytest.mark.one_database
def test_the_host_can_do_it_for_someone(app, cast, thread):
    make.reply(cast.ada, thread, "Persimmons.")
    run = app.test_cli_runner()
    assert "Say --take-texts or --keep-texts" in run.invoke(args=["member", "erase", "ada"]).output
    assert "last admin" in run.invoke(args=["member", "erase", "dario", "--keep-texts"]).output
    assert "The account of ada is deleted." in run.invoke(args=["member", "erase", "ada", "--take-texts"]).output
    assert session().scalar(select(Reply.source)) == ""
    assert "Nobody here is called" in run.invoke(args=["member", "erase", "ada", "--take-texts"]).output


@pytest.mark.one_database
@pytest.mark.parametrize("act", ["confirm", "leave"])
def test_of_two_windows_at_once_the_second_is_told_what_the_first_did(cast, browser_of, monkeypatch, act):
    where = {"confirm": proving, "leave": leaving}[act]
    second = getattr(where, act)

    def slow(*args, **more):
        monkeypatch.undo()
        leaving.leave(cast.ada, takes=True)
        return second(*args, **more)

    monkeypatch.setattr(where, act, slow)
    answer = leave(browser_of(cast.ada), "keep")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rights/left")

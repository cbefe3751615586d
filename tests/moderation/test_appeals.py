"""Appeals: who makes one, until when, who decides, and that a reversal restores exactly what was."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import roles
from forum.accounts.models import Member
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import appealing, deciding
from forum.moderation.models import Appeal, Case, Decision, Flag
from forum.threads.models import HIDDEN, STANDING
from tests import make
from tests.cast import PASSWORD, person
from tests.moderation.deciding import case_of
from tests.together import at_once

WORDS = "I asked her <b>first</b>, and she said that I could."


@pytest.fixture
def decision(cast, house, reply):
    return make.decided(case_of(reply, cast.elena), "hide", cast.carla)


def one():
    session().expire_all()
    return session().scalars(select(Appeal).order_by(Appeal.id.desc())).first()


def test_an_author_appeals_once_another_moderator_reverses_and_all_is_as_it_was(
    cast, reply, decision, browser_of, visitor
):
    ada, path = browser_of(cast.ada), f"/moderation/decisions/{decision.id}"
    assert "You can appeal once, within six months" in ada.get(path).text
    assert ada.post(f"{path}/appeals", data={"text": WORDS}).status_code == 303
    assert ada.post(f"{path}/appeals", data={"text": WORDS}).status_code == 303, "a double click"
    late = ada.post(f"{path}/appeals", data={"text": "Other words of mine."})
    assert (late.status_code, "Other words of mine." in late.text) == (403, True)
    page = ada.get(path).text
    assert "&lt;b&gt;first" in page
    assert "You have an answer by:" in page
    carla, dario = browser_of(cast.carla), browser_of(cast.dario)
    assert "1 appeal waits" in dario.get("/moderation/cases").text
    appeal = f"/moderation/appeals/{one().id}"
    assert appeal in dario.get("/moderation/appeals").text
    assert "You made this decision yourself." in carla.get(appeal).text
    data = {"outcome": "reversed", "reasons": "She had, <i>indeed</i>."}
    kept = carla.post(appeal, data=data)
    assert (kept.status_code, "She had, &lt;i&gt;indeed" in kept.text) == (409, True)
    for wrong in (
        {},
        {"outcome": "upheld"},
        {"outcome": "x", "reasons": "y"},
        {"outcome": "upheld", "reasons": "x" * 2001},
    ):
        assert dario.post(appeal, data=wrong).status_code == 422
    assert dario.post(appeal, data=data).status_code == 303
    assert (reply.state, reply.state_reason, decision.case.outcome) == (STANDING, "", "nothing")
    assert (one().outcome, one().decided_by_id, one().entry_id) == ("reversed", cast.dario.id, last().id)
    page = ada.get(path).text
    assert "took the decision back" in page
    assert "She had, &lt;i&gt;indeed" in page
    assert "dario" not in page
    notices = ada.get("/notices").text
    assert "Your appeal was right: the decision was taken back" in notices
    assert path in notices
    log = visitor.get("/moderation/log?act=appeals").text
    assert "looked at an appeal and took the decision back" in log
    assert not [
        word
        for word in ("indeed", "ada", "first")
        if word in log.partition('<ol class="log">')[2].partition("</ol>")[0]
    ]
    assert dario.post(appeal, data=data).status_code == 409
    assert [act for (act,) in acts()] == ["hide_reply", "restore_reply", "reverse_appeal"]


def last():
    return session().scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()


def acts():
    return session().execute(select(LogEntry.act).order_by(LogEntry.id)).all()


def test_where_it_is_upheld_nothing_changes_and_the_reasons_are_told(cast, reply, decision, browser_of):
    appealing.appeal(decision, WORDS, by=cast.ada)
    appealing.judge(one(), "upheld", reasons="She had not.", by=cast.dario)
    assert (reply.state, decision.undone_at, last().act) == (HIDDEN, None, "uphold_appeal")
    assert "Your appeal was looked at: the decision stands" in browser_of(cast.ada).get("/notices").text
    page = browser_of(cast.ada).get(f"/moderation/decisions/{decision.id}").text
    assert "She had not." in page


def test_nobody_else_appeals_nor_too_late_nor_twice(cast, decision, browser_of, visitor, later):
    path = f"/moderation/decisions/{decision.id}/appeals"
    for member, status in ((cast.bruno, 404), (cast.elena, 404), (cast.dario, 403)):
        assert browser_of(member).post(path, data={"text": WORDS}).status_code == status
    assert visitor.post(path, data={"text": WORDS}).status_code == 401
    ada = browser_of(cast.ada)
    for text in ("", " \u200b ", "x" * 2001):
        answer = ada.post(path, data={"text": text})
        assert answer.status_code == 422
        assert text.strip(" \u200b") in answer.text
    with pytest.raises(Refused, match="Only whom"):
        appealing.appeal(decision, WORDS, by=cast.bruno)
    later(days=184)
    answer = browser_of(cast.ada).post(path, data={"text": WORDS})
    assert (answer.status_code, "The six months" in answer.text, "she said that I could" in answer.text) == (
        403,
        True,
        True,
    )
    later(days=182)
    appealing.appeal(decision, WORDS, by=cast.ada)
    with pytest.raises(Refused, match="already"):
        appealing.appeal(decision, "More.", by=cast.ada)


def test_whoever_flagged_in_vain_appeals_too_and_the_case_is_open_again(cast, house, reply, browser_of):
    case = case_of(reply, cast.elena)
    elena = browser_of(cast.elena)
    flag_id = session().scalar(select(Flag.id))
    path = f"/moderation/flags/{flag_id}/appeal"
    assert "Only whom a decision binds" in elena.get(path).text, "nothing is decided yet"
    make.decided(case, "nothing", cast.carla)
    assert path in elena.get("/moderation/flags").text
    assert browser_of(cast.ada).get(path).status_code == 404
    assert elena.post(path, data={"text": WORDS}).status_code == 303
    assert "It waits for a moderator." in elena.get(path).text
    assert "/moderation/decisions/" not in browser_of(cast.ada).get("/moderation/decisions").text
    appealing.judge(one(), "reversed", reasons="It does wound.", by=cast.dario)
    assert (case.state, case.outcome) == ("open", "")
    notices = elena.get("/notices").text
    assert "Your appeal was right" in notices
    assert 'href="/moderation/flags"' in notices
    assert "It does wound." in elena.get(path).text
    make.decided(case, "hide", cast.dario)
    assert elena.post(path, data={"text": "Again."}).status_code == 403


def test_a_visitor_appeals_by_the_secret_of_the_receipt(cast, house, reply, visitor):
    said = {"ground": "Slander.", "good_faith": "y"}
    token = visitor.post(f"/moderation/replies/{reply.id}/flag", data=said).location.rpartition("/")[2]
    make.decided(session().scalars(select(Case)).one(), "nothing", cast.carla)
    receipt = f"/moderation/receipts/{token}"
    assert f"{receipt}/appeal" in visitor.get(receipt).text
    assert visitor.get("/moderation/receipts/wrong/appeal").status_code == 404
    assert visitor.post(f"{receipt}/appeal", data={"text": WORDS}).status_code == 303
    assert "she said that I could" in visitor.get(f"{receipt}/appeal").text
    appealing.judge(one(), "upheld", reasons="It is no slander.", by=cast.dario)
    assert "It is no slander." in visitor.get(f"{receipt}/appeal").text


def test_where_only_one_moderates_it_says_so_and_they_may(cast, decision, reply, browser_of):
    appealing.appeal(decision, WORDS, by=cast.ada)
    roles.give_role(cast.carla, "admin", by=cast.dario)
    roles.give_role(cast.dario, "member", by=None)
    assert (
        "Only one person keeps this place at present"
        in browser_of(cast.ada).get(f"/moderation/decisions/{decision.id}").text
    )
    appealing.judge(one(), "reversed", reasons="I was wrong.", by=cast.carla)
    assert reply.state == STANDING


def test_whoever_agreed_with_the_decision_judges_only_where_there_is_no_third(cast, decision, browser_of):
    decision.case.mend.against_by_id = cast.dario.id
    session().commit()
    appealing.appeal(decision, WORDS, by=cast.ada)
    path = f"/moderation/appeals/{one().id}"
    assert "You made this decision yourself." not in browser_of(cast.dario).get(path).text
    third = person("farid", "moderator")
    session().commit()
    assert "You made this decision yourself." in browser_of(cast.dario).get(path).text
    assert "You made this decision yourself." not in browser_of(third).get(path).text


def test_of_two_who_judge_at_once_the_second_is_told_and_keeps_what_they_wrote(app, cast, decision, browser_of):
    appeal = appealing.appeal(decision, WORDS, by=cast.ada).id
    roles.give_role(cast.bruno, "moderator", by=cast.dario)
    ids = (cast.dario.id, cast.bruno.id)

    def judging(by, outcome):
        def run():
            appealing.judge(session().get_one(Appeal, appeal), outcome, reasons="So.", by=session().get_one(Member, by))

        return run

    told = at_once(app, judging(ids[0], "upheld"), judging(ids[1], "reversed"))
    assert [isinstance(answer, Refused) for answer in told].count(True) == 1
    session().rollback()
    second = cast.bruno if one().decided_by_id == cast.dario.id else cast.dario
    answer = browser_of(second).post(
        f"/moderation/appeals/{appeal}", data={"outcome": "upheld", "reasons": "My long reasons."}
    )
    assert (answer.status_code, "My long reasons." in answer.text) == (409, True)
    assert "has decided about this appeal meanwhile" in answer.text


def test_what_waits_too_long_says_so_and_nobody_sees_what_is_about_them(cast, house, own, browser_of, later):
    mine = make.reply(cast.dario, own, "Mine.")
    roles.give_role(cast.bruno, "moderator", by=cast.dario)
    decision = make.decided(case_of(mine, cast.elena), "note", cast.carla, note="Please listen.")
    appealing.appeal(decision, WORDS, by=cast.dario)
    path, carla = f"/moderation/appeals/{one().id}", browser_of(cast.carla)
    assert "waits too long" not in carla.get("/moderation/appeals").text
    dario = browser_of(cast.dario)
    assert path not in dario.get("/moderation/appeals").text
    assert dario.get(path).status_code == 403
    assert dario.post(path, data={"outcome": "reversed", "reasons": "x"}).status_code == 403
    later(days=15)
    carla = browser_of(cast.carla)
    for page in ("/moderation/appeals", "/moderation/cases", path):
        assert "waits too long" in carla.get(page).text
    for client in (browser_of(cast.ada), browser_of(cast.elena)):
        assert client.get("/moderation/appeals").status_code == 403
        assert client.get(path).status_code == 403


def test_an_appeal_is_over_when_the_decision_is_taken_back_otherwise(cast, decision, browser_of):
    appealing.appeal(decision, WORDS, by=cast.ada)
    deciding.undo(decision, reason="It was a slip.", by=cast.carla)
    assert (one().outcome, one().reasons) == ("reversed", "It was a slip.")
    with pytest.raises(Refused, match="meanwhile"):
        appealing.judge(one(), "upheld", reasons="x", by=cast.dario)


def test_whoever_is_banned_appeals(cast, house, reply, app, browser_of):
    decision = make.decided(case_of(reply, cast.elena), "ban", cast.carla)
    ada = app.test_client()
    ada.post("/login", data={"login": "ada", "password": PASSWORD})
    assert ada.post(f"/moderation/decisions/{decision.id}/appeals", data={"text": WORDS}).status_code == 303
    appealing.judge(one(), "reversed", reasons="It was too much.", by=cast.dario)
    assert session().scalars(select(Decision.undone_at)).one()
    assert ada.get("/settings").status_code == 200

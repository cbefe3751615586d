"""Mending and deciding: what an author stands by, what a moderator asks to be mended, and folds that are decisions."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.actions import barring, roles
from forum.core import clock
from forum.core.db import session
from forum.core.rules import Refused
from forum.moderation.actions import deciding, handling, mending
from forum.moderation.actions.deciding import Ruling
from forum.moderation.models import Case, Decision
from forum.threads.actions import changing
from forum.threads.models import FOLDED, STANDING
from forum.threads.reasons import MENDED
from tests import make
from tests.moderation.mending import NOTICE, WORDS, flag, last, listed, place, plain


@pytest.fixture
def reply(cast, thread, later):
    return make.reply(cast.ada, thread, WORDS)


@pytest.fixture
def mend(cast, reply):
    flag(reply, cast.bruno)
    return last()


def test_what_an_author_stands_by_stays_unless_two_moderators_agree(cast, mend, reply, browser_of):
    ada, carla, dario = browser_of(cast.ada), browser_of(cast.carla), browser_of(cast.dario)
    case, path = mend.case, f"/moderation/cases/{mend.case_id}"
    assert ada.post(place(reply), data={"answer": "stand_by", "reason": " "}).status_code == 422
    for _twice in range(2):
        assert ada.post(place(reply), data={"answer": "stand_by", "reason": "I saw it myself."}).status_code == 303
    assert "Two moderators decide." in browser_of(cast.bruno).get("/moderation/flags").text
    page = carla.get(path).text
    assert "I saw it myself." in page
    assert listed(carla)
    with pytest.raises(Refused, match="two moderators decide"):
        make.decided(case, "hide", cast.carla)
    assert carla.post(f"{path}/against").status_code == 303
    with pytest.raises(Refused, match="two moderators decide"):
        make.decided(case, "hide", cast.carla)
    assert "Another moderator decides now." in carla.get(path).text
    assert "carla says that it cannot stay as it is." in dario.get(path).text
    assert dario.post(f"{path}/against").status_code == 403
    make.decided(case, "hide", cast.dario)
    assert case.outcome == "acted"


def test_where_two_do_not_agree_it_stands_and_whoever_moderates_alone_decides(cast, thread, mend, later):
    mending.stand_by(mend, "I saw it myself.", by=cast.ada)
    mending.speak_against(mend.case, by=cast.carla)
    make.decided(mend.case, "nothing", cast.dario)
    assert (mend.case.reply.state, mend.case.outcome) == (STANDING, "nothing")
    roles.give_role(cast.ada, "admin", by=None)
    roles.give_role(cast.dario, "member", by=None)
    later(days=2)
    flag(make.reply(cast.ada, thread, "Other words."), cast.elena)
    mending.stand_by(last(), "So it is.", by=cast.ada)
    with pytest.raises(Refused, match="by yourself"):
        mending.speak_against(last().case, by=cast.carla)
    make.decided(last().case, "hide", cast.carla)


def test_a_moderator_asks_with_what_they_see_in_it_and_can_ask_no_more(cast, reply, browser_of):
    ada, carla, dario = map(browser_of, (cast.ada, cast.carla, cast.dario))
    flag(reply, cast.bruno, "spam", words="as ever")
    case = session().scalars(select(Case)).one()
    path, said = f"/moderation/cases/{case.id}/decisions", {"kind": "ask", "facts": "It speaks of all."}
    for turn in range(2):
        handling.claim(case, by=cast.carla)
        assert carla.post(path, data=said).status_code == 303
        page = ada.get(place(reply)).text
        assert "It speaks of all." in page
        assert not [word for word in ("carla", "bruno", "as ever</mark>") if word in page]
        decision = session().scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert "You are asked to mend your reply." in ada.get(f"/moderation/decisions/{decision.id}").text
        assert f"/moderation/decisions/{decision.id}" not in ada.get("/moderation/decisions").text
        assert 'value="ask"' not in carla.get(f"/moderation/cases/{case.id}").text
        if not turn:
            undo = f"/moderation/decisions/{decision.id}/undo"
            assert dario.post(undo, data={"reason": "It is fine."}).status_code == 303
            assert ada.get(place(reply)).status_code == 404
            assert "unread" not in ada.get("/notices").text.partition(NOTICE)[2].partition("</li>")[0]
            said["facts"] = "It speaks of all. Again."
    assert "asked for a reply to be mended" in plain(browser_of(cast.bruno).get("/moderation/log").text)
    mending.reword(last(), kind="thinking", source="Some of you are.", by=cast.ada)
    with pytest.raises(Refused, match="answered already"):
        deciding.undo(decision, reason="It is fine.", by=cast.dario)


def test_what_was_folded_by_a_decision_stands_open_once_it_is_mended_and_whoever_flagged_it_was_right(
    cast, house, reply, browser_of
):
    carla, path = browser_of(cast.carla), f"/replies/{reply.id}"
    flag(reply, cast.bruno, quietly=True)
    assert carla.post(f"{path}/fold", data={"reason": "Of all.", "rule": ""}).status_code == 422
    assert carla.post(f"{path}/fold", data={"reason": "Of all.", "rule": "person"}).status_code == 303
    folded = session().scalars(select(Decision)).one()
    assert (folded.kind, folded.case.outcome, reply.state, reply.state_reason) == ("fold", "acted", FOLDED, "Of all.")
    assert f"/replies/{reply.id}/edit" in browser_of(cast.ada).get(f"{path}/answers").text
    deciding.decide_on_own(reply, Ruling("ask"), known=folded.id, by=cast.carla)
    barring.pause(cast.ada, clock.now() + timedelta(days=3), reason="A rest.", by=cast.dario)
    said = {"answer": "reword", "kind": "thinking", "body": "Some of you are."}
    assert browser_of(cast.ada).post(place(reply), data=said).status_code == 303, "a pause keeps nobody from mending"
    session().expire_all()
    assert (reply.state, reply.source, last().case.outcome) == (STANDING, "Some of you are.", "mended")
    assert (folded.undone_reason, folded.case.outcome) == (MENDED, "acted")


def test_the_quick_way_to_unfold_takes_the_decision_back(cast, house, reply, browser_of):
    carla, path = browser_of(cast.carla), f"/replies/{reply.id}"
    assert carla.post(f"{path}/fold", data={"reason": "Of all.", "rule": "person"}).status_code == 303
    assert carla.post(f"{path}/unfold", data={"reason": "After all."}).status_code == 303
    decision = session().scalars(select(Decision)).one()
    assert (decision.undone_reason, decision.case.outcome, reply.state) == ("After all.", "nothing", STANDING)
    flag(reply, cast.bruno, quietly=True)
    case = session().scalars(select(Case).where(Case.closed_at.is_(None))).one()
    decision = make.decided(case, "fold", cast.carla)
    changing.withdraw(reply, by=cast.ada)
    deciding.undo(decision, reason="It was fine.", by=cast.dario)
    changing.bring_back(reply, by=cast.ada)
    assert (reply.state, reply.state_reason) == (STANDING, "")

"""Mending: who is asked, when, in which words; the four answers; what moderators see of it, and who decides then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock, holdings
from forum.core.background import work
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import flagging, handling, mending
from forum.moderation.models import Case, Mend
from forum.moderation.queries import mends as queries
from forum.threads.actions import changing, erasing, keeping
from forum.threads.models import FOLDED, STANDING, WITHDRAWN, Reply, Revision
from forum.threads.reasons import REWORKED, UNTIL_LOOKED_AT
from tests import make
from tests.cast import person
from tests.moderation.mending import NOTICE, WORDS, flag, last, listed, place, plain
from tests.together import at_once


@pytest.fixture
def reply(cast, thread, later):
    return make.reply(cast.ada, thread, WORDS)


@pytest.fixture
def mend(cast, reply):
    flag(reply, cast.bruno, words="all the same")
    return last()


def test_the_author_is_asked_first_in_kind_words_and_without_names(cast, thread, reply, browser_of, visitor):
    flag(reply, cast.bruno, words="all the same", line="It hurts, says Bruno.")
    flag(reply, cast.elena, "caricature", words="as ever")
    ada, carla = browser_of(cast.ada), browser_of(cast.carla)
    assert NOTICE in ada.get("/notices").text
    assert f'href="{place(reply)}"' in ada.get("/notices").text
    page = ada.get(place(reply)).text
    for told in ("We hold a high bar", "all the same</mark>", "as ever</mark>", "Nobody reminds you"):
        assert told in page
    assert not [word for word in ("bruno", "Bruno", "elena", "caricature") if word in page]
    for client in (browser_of(cast.bruno), browser_of(cast.elena), carla):
        assert client.get(place(reply)).status_code == 404
        assert NOTICE not in client.get("/notices").text
    assert "Its author is asked to rework it" in browser_of(cast.bruno).get("/moderation/flags").text
    assert (listed(carla), listed(carla, "asked")) == (False, True)
    assert "its author is asked to mend it" in carla.get(f"/moderation/cases/{last().case_id}").text
    for path in ("/members/ada", f"/threads/{thread.id}-{thread.slug}"):
        assert "mend" not in plain(visitor.get(path).text)
    assert session().scalars(select(LogEntry)).all() == []


def test_nobody_is_asked_where_a_moderator_looks_first(cast, thread, later):
    def asked(*flags, taken=False):
        of = make.reply(cast.ada, thread, f"Word {len(flags)}.")
        for by, reason, more in flags:
            if taken and session().scalar(select(Case).where(Case.reply_id == of.id)):
                handling.claim(session().scalars(select(Case).where(Case.reply_id == of.id)).one(), by=cast.carla)
            flag(of, by, reason, **more)
        case = session().scalars(select(Case).where(Case.reply_id == of.id)).one()
        return case.mend is not None

    assert not asked((cast.bruno, "spam", {}))
    assert not asked((cast.bruno, "unlawful", {}), (cast.elena, "wounds", {}))
    assert not asked((cast.bruno, "spam", {}), (cast.elena, "wounds", {}), taken=True)
    assert not asked((cast.bruno, "wounds", {"quietly": True}))
    assert asked((cast.bruno, "spam", {}), (cast.elena, "caricature", {}))
    flag(make.thread(cast.ada), cast.bruno)
    assert last().case.kind == "reply", "only replies are mended"
    make.decided(last().case, "nothing", cast.carla)
    flag(last().case.reply, cast.bruno)
    assert last().answer == "", "no second one: a moderator found these words in order"
    again = select(Case).where(Case.reply_id == last().case.reply_id).order_by(Case.id.desc())
    assert session().scalars(again).first().mend is None


def test_an_author_is_asked_once_a_day_whatever_is_flagged(app, cast, thread, later, browser_of):
    replies = [make.reply(cast.ada, thread, f"Word {number}.") for number in range(3)]
    for one in replies:
        flag(one, cast.bruno)
    asked = session().scalars(select(Mend).order_by(Mend.case_id)).all()
    assert [one.asked_at - clock.now() for one in asked] == [timedelta(days=days) for days in range(3)]
    ada, told = browser_of(cast.ada), []
    for hours in (0, 23, 25, 49):
        later(hours=hours)
        work(app)
        shown = ada.get("/notices").text
        told.append((shown.count('/mend"'), [ada.get(place(one)).status_code for one in replies]))
    none, yes = 404, 200
    assert told == [(1, [yes, none, none])] * 2 + [(2, [yes, yes, none]), (3, [yes, yes, yes])]
    assert listed(browser_of(cast.carla), "asked")


def test_reworded_it_is_called_mended_for_thirty_days_and_its_case_is_over(
    cast, thread, mend, reply, browser_of, later
):
    make.locked(thread, cast.carla)
    ada, path = browser_of(cast.ada), place(reply)
    said = {"answer": "reword", "kind": "asking", "body": "What do we have in common?"}
    assert ada.post(path, data={**said, "body": WORDS, "kind": "thinking"}).status_code == 422
    assert ada.post(path, data={**said, "body": ""}).status_code == 422
    shown = ada.post(path, data={**said, "preview": "1"})
    assert (shown.status_code, "in common" in shown.text, mend.answer) == (200, True, "")
    for _twice in range(2):
        assert ada.post(path, data=said).status_code == 303
    again = ada.post(path, data={**said, "body": "Yet other words."})
    assert (again.status_code, "Yet other words." in again.text) == (403, True)
    assert (reply.source, mend.answer, mend.case.outcome) == (said["body"], "reword", "mended")
    assert session().scalars(select(Revision.source)).all() == [WORDS]
    assert "Its author has reworked it." in browser_of(cast.bruno).get("/moderation/flags").text
    assert NOTICE not in [row for row in ada.get("/notices").text.split("<li") if "unread" in row]
    conversation = f"/threads/{thread.id}-{thread.slug}"
    assert "mended <time" in ada.get(conversation).text
    assert "mend" not in plain(ada.get("/members/bruno").text)
    later(days=31)
    keeping.unlock(thread, reason="Later.", by=cast.carla)
    assert "edited <time" in ada.get(conversation).text
    assert "mended" not in ada.get(conversation).text


def test_a_line_stands_below_the_words(cast, mend, reply, browser_of):
    ada, path = browser_of(cast.ada), place(reply)
    assert ada.post(path, data={"answer": "add", "line": "a" * 281}).status_code == 422
    for _twice in range(2):
        assert ada.post(path, data={"answer": "add", "line": "I am sorry."}).status_code == 303
    assert reply.html == f"<p>{WORDS}</p>\n<hr>\n<p>I am sorry.</p>\n"
    assert (reply.mended_at, mend.case.outcome) == (clock.now(), "mended")


def test_taken_back_it_leaves_nothing_but_comes_to_moderators_if_it_comes_back(cast, mend, reply, browser_of, later):
    ada, carla = browser_of(cast.ada), browser_of(cast.carla)
    assert ada.post(place(reply), data={"answer": "take_back"}).status_code == 303
    assert (reply.state, mend.case.outcome) == (WITHDRAWN, "taken_back")
    assert "Its author has taken it back." in browser_of(cast.bruno).get("/moderation/flags").text
    changing.bring_back(reply, by=cast.ada)
    assert listed(carla)
    assert "brought back" in carla.get("/moderation/cases").text
    changing.withdraw(reply, by=cast.ada)
    later(hours=25)
    list(erasing.erase())
    make.decided(mend.case, "nothing", cast.carla)
    assert (mend.case.outcome, flagging.queries.of_case(mend.case_id)[0].wording) == ("nothing", "")


def test_withdrawing_in_the_usual_way_is_an_answer_too_and_erases_what_was_said(cast, mend, reply, later):
    mending.stand_by(mend, "I meant every word.", by=cast.ada)
    changing.withdraw(reply, by=cast.ada)
    assert (mend.answer, mend.case.outcome) == ("take_back", "taken_back")
    later(hours=25)
    list(erasing.erase())
    session().expire_all()
    assert (mend.reason, flagging.queries.of_case(mend.case_id)[0].wording) == ("", "")


def test_without_an_answer_it_comes_to_moderators_after_three_days_and_can_still_be_mended(
    cast, mend, reply, browser_of, later
):
    carla = browser_of(cast.carla)
    later(hours=71)
    assert not listed(carla)
    later(hours=73)
    assert (listed(carla), listed(carla, "asked")) == (True, False)
    page = carla.get("/moderation/cases").text
    assert "no answer to the mend" in page
    assert "waits too long" not in page
    mending.reword(mend, kind="thinking", source="Some of you are.", by=cast.ada)
    assert mend.case.outcome == "mended"


def test_folded_by_three_it_stands_open_again_once_it_is_reworked(cast, thread, later):
    old = [person(name) for name in ("farid", "greta", "hanna")]
    session().commit()
    later(days=20)
    replies = [make.reply(cast.ada, thread, WORDS), make.reply(cast.bruno, thread, WORDS)]
    for one in replies:
        for by in old:
            flag(one, by)
    assert [(one.state, one.state_reason) for one in replies] == [(FOLDED, REWORKED)] * 2
    mends = session().scalars(select(Mend).order_by(Mend.case_id)).all()
    mending.reword(mends[0], kind="thinking", source="Some of you are.", by=cast.ada)
    mending.stand_by(mends[1], "So it is.", by=cast.bruno)
    assert [(one.state, one.state_reason) for one in replies] == [(STANDING, ""), (FOLDED, UNTIL_LOOKED_AT)]
    acts = session().execute(select(LogEntry.act, LogEntry.actor_role, LogEntry.thread_id).order_by(LogEntry.id)).all()
    assert [tuple(row) for row in acts] == [("fold_reply", "forum", None)] * 2 + [("unfold_reply", "forum", None)]


def test_what_else_was_said_of_it_stays_for_moderators(cast, mend, reply, browser_of):
    flag(reply, cast.elena, "unlawful", ground="Slander.", name="E", email="e@example.org")
    carla = browser_of(cast.carla)
    assert listed(carla), "it cannot wait for an answer"
    mending.reword(mend, kind="thinking", source="Some of you are.", by=cast.ada)
    assert (mend.case.state, listed(carla)) == ("open", True)
    assert "reworked by its author" in carla.get("/moderation/cases").text
    flag(make.reply(cast.ada, reply.thread, "More."), cast.bruno)


def test_of_an_author_and_a_moderator_who_act_at_once_one_is_told(app, cast, mend, reply):
    key, ada, carla = mend.case_id, cast.ada.id, cast.carla.id

    def person_(number):
        return session().get_one(type(cast.ada), number)

    def rework(words="Some of you are."):
        mending.reword(session().get_one(Mend, key), kind="thinking", source=words, by=person_(ada))

    def close():
        make.decided(session().get_one(Case, key), "nothing", person_(carla))

    told = at_once(app, rework, close, lambda: rework("None of you are."))
    refused = [one for one in told if isinstance(one, Refused)]
    assert len(refused) == 2, told
    session().rollback()
    assert session().get_one(Case, key).state == "closed"
    session().expire_all()
    of = session().get_one(Reply, reply.id)
    assert (of.source == WORDS) == (session().get_one(Case, key).outcome == "nothing")


def test_what_mending_keeps_goes_with_the_rest_of_the_case(cast, mend, later):
    mending.stand_by(mend, "I meant every word.", by=cast.ada)
    kept = list(holdings.HOLDINGS["mends"].told(cast.ada.id))
    assert [(row["answer"], row["reason"]) for row in kept] == [("stand_by", "I meant every word.")]
    assert list(holdings.HOLDINGS["mends"].told(cast.bruno.id)) == []
    make.decided(mend.case, "nothing", cast.carla)
    later(days=184)
    list(holdings.keep())
    session().expire_all()
    assert (mend.reason, mend.answer) == ("", "stand_by")
    assert queries.words(mend.case_id) == []

"""Flagging: what is kept of it, what it does at once, what whoever flagged is told, and who else learns of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import holdings
from forum.core.db import session, transaction
from forum.core.limits import TooOften
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Flag
from forum.threads.actions import changing, erasing
from forum.threads.models import HIDDEN, STANDING, Reply, Revision
from tests import make
from tests.together import at_once

VISIT = {"ground": "It is slander.", "good_faith": "y", "name": "Nora", "email": "n@example.org"}


def flags():
    return session().scalars(select(Flag).order_by(Flag.id)).all()


@pytest.fixture
def reply(cast, thread):
    return make.reply(cast.ada, thread, "You are *all* the same.")


def flag(of, by, reason="wounds", **more):
    return flagging.flag(of, Complaint(reason, **more), by=by)


def test_two_who_flag_at_once_share_one_case_and_the_wording_is_kept_as_it_stood(app, cast, reply):
    ids = (cast.bruno.id, cast.elena.id)
    key, member = reply.id, type(cast.ada)
    at_once(app, *(lambda i=i: flag(session().get_one(Reply, key), session().get_one(member, i)) for i in ids))
    session().rollback()
    assert session().scalars(select(Case)).one().reply_id == reply.id
    changing.edit(reply, kind="thinking", source="I was unfair.", by=cast.ada)
    assert [(one.member_id in ids, one.wording) for one in flags()] == [(True, "You are *all* the same.")] * 2


def test_after_a_flag_no_change_goes_without_a_trace_however_soon(cast, reply):
    flag(reply, cast.bruno)
    changing.edit(reply, kind="thinking", source="I was unfair.", by=cast.ada)
    assert session().scalars(select(Revision.source)).all() == ["You are *all* the same."]


def test_who_flagged_cannot_answer_until_a_moderator_has_looked_and_others_can(cast, thread, reply, browser_of):
    flag(reply, cast.bruno)
    with pytest.raises(Refused, match="You have flagged this"):
        make.answer(cast.bruno, reply)
    assert "You have flagged this" in browser_of(cast.bruno).get(f"/replies/{reply.id}/answers").text
    make.answer(cast.elena, reply)
    make.decided(session().scalars(select(Case)).one(), "nothing", cast.carla)
    make.answer(cast.bruno, reply)


def test_what_was_flagged_as_a_threat_waits_hidden_for_a_moderator_who_lets_it_stand_or_hides_it(
    cast, thread, reply, visitor, browser_of
):
    flag(reply, cast.bruno, "threat")
    place = f"/threads/{thread.id}-{thread.slug}"
    assert (reply.state, thread.reply_count) == (HIDDEN, 0)
    assert "This reply was flagged. It is hidden until" in visitor.get(place).text
    assert "all</em> the same" not in visitor.get(place).text
    changing.withdraw(reply, by=cast.ada)
    changing.bring_back(reply, by=cast.ada)
    assert reply.state == HIDDEN, "a way around it"
    case = session().scalars(select(Case)).one()
    make.decided(case, "nothing", cast.carla)
    assert (reply.state, thread.reply_count) == (STANDING, 1)
    shown = visitor.get("/moderation/log").text
    assert "the forum itself" in shown
    assert "bruno" not in shown
    assert session().scalars(select(LogEntry.act).order_by(LogEntry.id)).all() == ["hold_reply", "restore_reply"]
    flag(reply, cast.elena, "threat")
    assert reply.state == STANDING, "a moderator has seen these words"


def test_nobody_silences_others_by_flagging(cast, thread):
    said = [make.reply(cast.ada, thread, f"Word {number}.") for number in range(6)]
    for one in said[:4]:
        flag(one, cast.bruno, "exposes")
    assert [one.state for one in said[:4]] == [HIDDEN, HIDDEN, HIDDEN, STANDING]
    for case in session().scalars(select(Case).where(Case.reply_id.in_([said[0].id, said[1].id]))).all():
        make.decided(case, "nothing", cast.carla)
    make.unlimited()
    for one in flags():
        one.at -= timedelta(days=2)
    session().commit()
    flag(said[4], cast.bruno, "exposes")
    assert said[4].state == STANDING


def test_one_flags_so_often_a_day_and_no_more(cast, thread):
    said = [make.reply(cast.ada, thread, f"Word {number}.") for number in range(11)]
    for one in said[:10]:
        flag(one, cast.bruno)
    with pytest.raises(TooOften):
        flag(said[10], cast.bruno)
    assert len(flags()) == 10


def test_a_visitor_reports_what_is_unlawful_and_sees_by_a_secret_what_became_of_it(cast, reply, visitor):
    path = f"/moderation/replies/{reply.id}/flag"
    assert "wounds" not in visitor.get(path).text
    assert visitor.post(path, data={"reason": "unlawful"}).status_code == 422
    assert visitor.post(path, data={"reason": "threat", **VISIT}).status_code == 303
    (one,) = flags()
    assert (one.reason, one.member_id, one.name, one.ground) == ("unlawful", None, "Nora", "It is slander.")
    assert reply.state == STANDING
    place = visitor.post(path, data=VISIT).location
    assert "A moderator will look at it." in visitor.get(place).text
    assert visitor.get("/moderation/receipts/wrong").status_code == 404
    make.decided(session().scalars(select(Case)).one(), "nothing", cast.carla)
    answer = visitor.get(place)
    assert "it stands as it is" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_address_of_a_text_leads_to_the_form_for_it(cast, thread, reply, visitor):
    for address, place in (
        (f"https://x.example/replies/{reply.id}", f"/moderation/replies/{reply.id}/flag"),
        (f"/threads/{thread.id}-{thread.slug}?a=b#r{reply.id}", f"/moderation/replies/{reply.id}/flag"),
        (f"/threads/{thread.id}-{thread.slug}", f"/moderation/threads/{thread.id}/flag"),
        ("/members/ada", "/moderation/members/ada/flag"),
    ):
        assert visitor.get("/moderation/report", query_string={"address": address}).location == place
    for address in ("nowhere", "/members/" + "x" * 400, "/replies/99999999999999"):
        assert "leads to no reply" in visitor.get("/moderation/report", query_string={"address": address}).text


def test_whoever_flags_sees_their_own_flags_and_nobody_else_a_word_of_them(cast, thread, reply, browser_of, visitor):
    bruno, path = browser_of(cast.bruno), f"/moderation/replies/{reply.id}/flag"
    assert path in bruno.get(f"/threads/{thread.id}-{thread.slug}").text
    assert path not in browser_of(cast.ada).get(f"/threads/{thread.id}-{thread.slug}").text
    wrong = bruno.post(path, data={"reason": "wounds", "words": "not there", "line": "Because."})
    assert (wrong.status_code, "Because." in wrong.text) == (422, True)
    assert bruno.post(path, data={"reason": "wounds", "words": "all the same", "line": "Because."}).status_code == 303
    assert bruno.post(path, data={"reason": "wounds"}).status_code == 403
    mine = bruno.get("/moderation/flags").text
    assert "Because." in mine
    assert 'action="/members/ada/mute"' in mine
    for client in (visitor, browser_of(cast.ada), browser_of(cast.elena)):
        for page in ("/moderation/flags", f"/threads/{thread.id}-{thread.slug}", "/moderation/cases", "/members/ada"):
            assert "Because." not in client.get(page).text


def test_threads_and_profiles_are_flagged_too_and_not_hidden_by_it(cast, browser_of):
    own = make.thread(cast.ada, title="A neighbour")
    elena = browser_of(cast.elena)
    for path in (f"/moderation/threads/{own.id}/flag", "/moderation/members/ada/flag"):
        assert elena.get(path).status_code == 200
        assert elena.post(path, data={"reason": "exposes"}).status_code == 303
    assert own.state == STANDING
    assert [(case.kind, case.urgent) for case in session().scalars(select(Case).order_by(Case.id))] == [
        ("thread", True),
        ("profile", True),
    ]
    assert "A neighbour" in elena.get("/moderation/flags").text
    with pytest.raises(Refused, match="You have flagged this"):
        make.reply(cast.elena, own)


def test_words_that_were_erased_stay_in_an_open_case_alone(cast, reply, later):
    flag(reply, cast.bruno, "spam", words="all the same")
    changing.withdraw(reply, by=cast.ada)
    later(hours=25)
    list(erasing.erase())
    assert flags()[0].wording
    make.decided(session().scalars(select(Case)).one(), "nothing", cast.carla)
    assert (flags()[0].wording, flags()[0].words) == ("", "")


def test_a_closed_case_forgets_who_flagged_and_later_the_words(cast, reply, later):
    flag(reply, cast.bruno, line="Because.")
    make.decided(session().scalars(select(Case)).one(), "hide", cast.carla)
    told = []
    for days in (89, 91, 184):
        later(days=days)
        list(holdings.keep())
        (one,) = flags()
        told.append((one.member_id is not None, bool(one.line), bool(one.wording), one.reason))
    assert told == [(True, True, True, "wounds"), (False, False, True, "wounds"), (False, False, False, "wounds")]


def test_a_change_inside_another_is_a_part_of_it(cast, reply):
    def twice():
        with transaction():
            changing.withdraw(reply, by=cast.ada)
            changing.withdraw(reply, by=cast.ada)

    with pytest.raises(Refused, match="already"):
        twice()
    assert reply.state == STANDING
    with pytest.raises(RuntimeError), transaction(public=False):
        changing.withdraw(reply, by=cast.ada)

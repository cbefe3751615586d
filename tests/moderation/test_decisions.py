"""Decisions: what each kind does and how it is undone, who reads its reasons, and two moderators who decide at once."""

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry, verify
from forum.core.rules import Refused
from forum.moderation.actions import deciding
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.kinds import KINDS
from forum.moderation.models import Case, Decision
from forum.moderation.queries import flags
from forum.notices.models import Notice
from forum.notices.told import DECIDED
from forum.threads.actions import changing, keeping
from forum.threads.models import HIDDEN, REMOVED, STANDING, Reply, Tally, Thread
from tests import make
from tests.moderation.deciding import FACTS, case_of
from tests.page_forms import forms
from tests.together import at_once


def state(reply):
    """Return all that a decision about a reply may change."""
    session().expire_all()
    thread, author = reply.thread, reply.author
    tally = session().scalars(select(Tally.replies).where(Tally.thread_id == thread.id)).all()
    of_reply = (reply.state, reply.state_reason, reply.note, reply.note_role)
    of_thread = (thread.state, thread.locked, thread.locked_reason, thread.reply_count, thread.theme.reply_count)
    return of_reply, of_thread, (author.paused, author.banned_at), tally


ACTS = {
    "nothing": ("find_nothing", "reopen_case"),
    "ask": ("ask_to_mend", "undo_decision"),
    "fold": ("fold_reply", "unfold_reply"),
    "note": ("note_reply", "unnote_reply"),
    "hide": ("hide_reply", "restore_reply"),
    "remove": ("remove_reply", "put_back_reply"),
    "lock": ("lock", "unlock"),
    "pause": ("pause_member", "unpause_member"),
    "ban": ("ban_member", "unban_member"),
}


def test_each_kind_does_one_thing_says_so_in_the_log_and_is_undone_without_a_trace_but_there(
    cast, house, reply, browser_of, visitor
):
    assert set(ACTS) == set(KINDS)
    carla, place = browser_of(cast.carla), f"/threads/{reply.thread.id}-{reply.thread.slug}"
    for kind, acts in ACTS.items():
        case, before = case_of(reply, cast.elena, "spam"), state(reply)
        sent = carla.post(
            f"/moderation/cases/{case.id}/decisions", data={"kind": kind, "note": "Listen first.", **FACTS}
        )
        assert sent.status_code == 303, kind
        decision = session().scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert (state(reply) == before) == (not KINDS[kind].restricts), kind
        page = carla.get(f"/moderation/decisions/{decision.id}").text
        assert "Take this decision back" in page
        assert ("#threats" in page) == KINDS[kind].restricts
        assert visitor.get(place).status_code == 200
        back = carla.post(f"/moderation/decisions/{decision.id}/undo", data={"reason": "I was wrong."})
        assert back.status_code == 303, kind
        assert state(reply) == before, kind
        done = session().scalars(select(LogEntry.act).order_by(LogEntry.id.desc()).limit(2)).all()
        assert tuple(done[::-1]) == acts
        assert (decision.undone_reason, decision.undone_by_id) == ("I was wrong.", cast.carla.id)
        assert "was taken back" in carla.get(f"/moderation/decisions/{decision.id}").text
        assert carla.post(f"/moderation/decisions/{decision.id}/undo", data={"reason": "Again."}).status_code == 409
        case.closed_at = case.closed_at or clock.now()
        session().query(Case).filter(Case.id == case.id).update({"state": "closed"})
        session().commit()
    assert verify().broken is None
    for path in ("/moderation/log", place, "/moderation/cases?state=closed"):
        assert carla.get(path).status_code == 200


def test_removed_words_are_read_by_nobody_but_in_the_case(cast, house, reply, browser_of, visitor):
    answer = make.answer(cast.bruno, reply, f"> [ada wrote](/replies/{reply.id}):\n>\n> I will come by.\n\nPlease not.")
    case = case_of(reply, cast.elena)
    decision = make.decided(case, "remove", cast.carla)
    place = f"/threads/{reply.thread.id}-{reply.thread.slug}"
    for client in (visitor, *map(browser_of, (cast.ada, cast.bruno, cast.carla, cast.dario))):
        page = client.get(place).text
        assert "I will come by" not in page
        assert "removed by a moderator" in page
        assert '/rules/versions/1#threats">rule 4' in page
        assert client.get(f"/replies/{reply.id}").status_code == 302
        for path in ("/search?q=come", "/feeds/replies.atom", "/members/ada", f"/replies/{answer.id}/answers"):
            assert "I will come by" not in client.get(path).text, path
    assert "I will come by" in browser_of(cast.dario).get(f"/moderation/cases/{case.id}").text
    ada = browser_of(cast.ada)
    assert ada.get(f"/moderation/replies/{reply.id}/decision").location == f"/moderation/decisions/{decision.id}"
    for path in (f"/replies/{reply.id}/edit", f"/replies/{reply.id}/withdraw"):
        assert ada.get(path).status_code == 403
    deciding.undo(decision, reason="It was a joke.", by=cast.dario)
    assert "I will come by" in visitor.get(place).text
    assert reply.state == STANDING


def test_a_decision_is_a_statement_of_reasons_for_its_author_and_moderators_and_for_nobody_else(
    cast, house, reply, browser_of, visitor
):
    decision = make.decided(case_of(reply, cast.elena), "hide", cast.carla, facts="You wrote <i>that</i>.")
    path = f"/moderation/decisions/{decision.id}"
    ada = browser_of(cast.ada)
    assert path in ada.get("/notices").text
    assert path in ada.get("/moderation/decisions").text
    page = ada.get(path).text
    for told in (
        "You wrote &lt;i&gt;that&lt;/i&gt;.",
        'href="/rules/versions/1#threats"',
        "No threats",
        "without an end",
        "Who did so is not told",
        "no machine found it",
        "If you do not agree",
    ):
        assert told in page
    assert not [name for name in ("carla", "elena", "Take this decision back") if name in page]
    assert "carla" in browser_of(cast.dario).get(path).text
    for client in (browser_of(cast.bruno), browser_of(cast.elena)):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}/undo", data={"reason": "Mine."}).status_code == 403
    assert visitor.get(path).status_code == 303
    assert path not in browser_of(cast.bruno).get("/moderation/decisions").text
    receipt = browser_of(cast.elena).get("/moderation/flags").text
    assert "A moderator looked at it and hid it." in receipt
    assert "that" not in receipt.partition("hid it.")[2].partition("</li>")[0]
    deciding.undo(decision, reason="It was fine.", by=cast.dario)
    assert "Later this decision was taken back." in browser_of(cast.elena).get("/moderation/flags").text


def test_of_two_who_decide_at_once_the_second_is_told_and_keeps_what_they_wrote(app, cast, house, reply, browser_of):
    case = case_of(reply, cast.elena)
    case_id, ids = case.id, (cast.carla.id, cast.dario.id)

    def deciding_by(by, kind):
        return lambda: make.decided(session().get_one(Case, case_id), kind, session().get_one(Member, by)).kind

    told = at_once(app, deciding_by(ids[0], "hide"), deciding_by(ids[1], "remove"))
    assert [isinstance(one, Refused) for one in told].count(True) == 1
    session().rollback()
    (made,) = session().scalars(select(Decision)).all()
    second = cast.dario if made.by_id == cast.carla.id else cast.carla
    data = {"kind": "ban", "rule": "threats", "facts": "A long thought of mine.", "note": "Words of mine."}
    answer = browser_of(second).post(f"/moderation/cases/{case_id}/decisions", data=data)
    assert answer.status_code == 409
    assert f"{made.by.name} has decided about this meanwhile" in answer.text
    assert "A long thought of mine." in answer.text
    assert "Words of mine." in answer.text
    first = browser_of(made.by)
    again = {"kind": made.kind, "rule": "threats", "facts": "As it stands there."}
    assert first.post(f"/moderation/cases/{case_id}/decisions", data=again).status_code == 303, "a double click"
    assert len(session().scalars(select(Decision)).all()) == 1


def test_a_moderator_decides_on_their_own_initiative_and_a_stale_tab_is_told(cast, house, reply, browser_of):
    carla, dario = browser_of(cast.carla), browser_of(cast.dario)
    path = f"/moderation/replies/{reply.id}/decide"
    assert path in carla.get(f"/threads/{reply.thread.id}-{reply.thread.slug}").text
    stale = next(form for form in forms(dario.get(path).text, path) if "facts" in form.fields).fields
    sent = carla.post(path, data={"kind": "hide", "phrase": "person", **FACTS, "known": "0"})
    (made,) = session().scalars(select(Decision)).all()
    assert sent.location == f"/moderation/decisions/{made.id}"
    assert made.facts == "It attacks a person instead of taking up what they say.\n\nYou wrote that you will come by."
    assert (made.found, made.case.outcome, made.reply_id) == ("own", "acted", reply.id)
    assert "on their own initiative" in browser_of(cast.ada).get(sent.location).text
    mine = {"rule": "threats", "hours": "24"}
    late = dario.post(path, data={**stale, **mine, "kind": "hide", "facts": "Mine, at length."})
    assert late.status_code == 409
    assert "carla has decided about this meanwhile" in late.text
    assert "Mine, at length." in late.text
    assert reply.state == HIDDEN
    new = next(form for form in forms(late.text, path) if "facts" in form.fields).fields
    assert dario.post(path, data={**new, **mine, "kind": "remove"}).status_code == 303
    assert (reply.state, reply.state_reason) == (REMOVED, "rule:4:1:threats")
    with pytest.raises(Refused, match="came later"):
        deciding.undo(made, reason="No.", by=cast.carla)
    last = session().scalars(select(Decision).order_by(Decision.id.desc())).first()
    deciding.undo(last, reason="No.", by=cast.carla)
    assert (reply.state, reply.state_reason) == (HIDDEN, "rule:4:1:threats")


def test_nobody_decides_about_themselves_or_what_they_have_a_part_in(cast, house, own, browser_of):
    mine, part = make.reply(cast.carla, own), make.reply(cast.ada, own)
    make.answer(cast.carla, part)
    carla = browser_of(cast.carla)
    for reply, status in ((mine, 403), (part, 409)):
        sent = carla.post(f"/moderation/replies/{reply.id}/decide", data={"kind": "hide", **FACTS})
        assert sent.status_code == status
        assert reply.state == STANDING
    assert carla.get("/moderation/members/carla/decide").status_code == 403
    assert carla.post("/moderation/members/dario/decide", data={"kind": "ban", **FACTS}).status_code == 409, "an admin"
    for client in (browser_of(cast.ada), browser_of(cast.elena)):
        for path in (f"/moderation/replies/{part.id}/decide", "/moderation/members/bruno/decide"):
            assert client.get(path).status_code == 403
            assert client.post(path, data={"kind": "hide", **FACTS}).status_code == 403
    assert session().scalars(select(Decision)).all() == []


def test_the_quick_way_to_hide_is_a_decision_too_and_restoring_takes_it_back(cast, house, reply, browser_of):
    carla = browser_of(cast.carla)
    for of, path in (
        (reply, f"/replies/{reply.id}"),
        (reply.thread, f"/threads/{reply.thread.id}-{reply.thread.slug}"),
    ):
        assert carla.post(f"{path}/hide", data={"reason": "Not here."}).status_code == 422, "without a rule"
        assert carla.post(f"{path}/hide", data={"reason": "Not here.", "rule": "person"}).status_code == 303
        made = session().scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert (made.kind, made.rule_key, made.facts, of.state, of.state_reason) == (
            "hide",
            "person",
            "Not here.",
            HIDDEN,
            "Not here.",
        )
        assert carla.post(f"{path}/restore", data={"reason": "After all."}).status_code == 303
        assert (made.undone_reason, made.case.outcome, of.state) == ("After all.", "nothing", STANDING)


def test_what_is_undone_after_its_author_withdrew_it_stands_again_only_when_they_want(cast, house, reply):
    decision = make.decided(case_of(reply, cast.elena), "hide", cast.carla)
    changing.withdraw(reply, by=cast.ada)
    deciding.undo(decision, reason="It was fine.", by=cast.dario)
    assert reply.state == "withdrawn"
    changing.bring_back(reply, by=cast.ada)
    assert reply.state == STANDING


def test_what_was_held_until_somebody_looked_stands_when_its_removal_is_undone(cast, house, reply):
    case = case_of(reply, cast.elena, "threat")
    assert reply.state == HIDDEN
    deciding.undo(make.decided(case, "remove", cast.carla), reason="No.", by=cast.dario)
    assert (reply.state, reply.thread.reply_count) == (STANDING, 1)
    case = case_of(reply, cast.bruno)
    keeping.hold_reply(reply)
    found = make.decided(case, "nothing", cast.carla)
    assert (found.before, reply.state) == ({"held": HIDDEN}, STANDING)
    deciding.undo(found, reason="I look again.", by=cast.dario)
    assert (reply.state, found.case.state) == (HIDDEN, "open")


def test_a_form_that_cannot_be_read_is_given_back_and_decides_nothing(cast, house, reply, browser_of):
    case, carla = case_of(reply, cast.elena), browser_of(cast.carla)
    path = f"/moderation/cases/{case.id}/decisions"
    for data in (
        {},
        {"kind": "fly", **FACTS},
        {"kind": "hide"},
        {"kind": "hide", "facts": "x"},
        {"kind": "hide", "rule": "threats", "facts": " \u200b "},
        {"kind": "hide", "rule": "nonsense", "facts": "x"},
        {"kind": "hide", "rule": "threats", "facts": "x" * 2001},
        {"kind": "note", **FACTS, "note": ""},
        {"kind": "note", **FACTS, "note": "x" * 501},
        {"kind": "pause", **FACTS, "hours": "9999999"},
        {"kind": "hide", "rule": "threats", "phrase": "\0\ud800".encode("utf-8", "replace").decode()},
    ):
        answer = carla.post(path, data=data)
        assert answer.status_code == 422, data
        assert data.get("facts", "").strip(" \u200b") in answer.text
    assert carla.post("/moderation/decisions/999999999/undo", data={"reason": "x"}).status_code == 404
    assert carla.get("/moderation/decisions/99999999999999999999").status_code == 404
    assert session().scalars(select(Decision)).all() == []
    assert reply.state == STANDING


def test_a_locked_thread_tells_the_rule_to_whoever_would_reply(cast, house, reply, browser_of):
    make.decided(case_of(reply, cast.elena), "lock", cast.carla)
    page = browser_of(cast.ada).get(f"/threads/{reply.thread.id}-{reply.thread.slug}").text
    assert "This thread is locked: rule 4 of this place" in page
    assert "Your thread was locked" in browser_of(cast.bruno).get("/notices").text
    told = select(Notice).where(Notice.member_id == cast.ada.id, Notice.kind == DECIDED)
    assert session().scalars(told).all() == []
    assert flags.open_case(flags.target(session().get_one(Thread, reply.thread_id), cast.carla)) is None


def test_without_rules_a_decision_says_what_happened_to_everyone(cast, reply, browser_of):
    make.decided(case_of(reply, cast.elena), "hide", cast.carla, facts="It was said twice.")
    assert session().get_one(Reply, reply.id).state_reason == "It was said twice."
    own = make.thread(cast.ada)
    with pytest.raises(Refused, match="cannot be decided here"):
        deciding.decide_on_own(own, Ruling("remove", facts="x"), known=0, by=cast.carla)

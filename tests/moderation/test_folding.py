"""Folding: by number and by moderators."""

import re

import pytest
from sqlalchemy import select

from forum.core.db import session
from forum.core.log import LogEntry, verify
from forum.core.rules import Refused
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case
from forum.threads.actions import changing, keeping
from forum.threads.models import FOLDED, HIDDEN, STANDING, Reply
from forum.threads.reasons import REWORKED
from tests import make
from tests.cast import person
from tests.together import at_once

WORD = "quincequince"


@pytest.fixture
def old(cast, later):
    """Return a function that gives members who were there before the cast's reply."""
    names = ("farid", "greta", "hanna", "ivan")
    people = [person(name) for name in names]
    session().commit()
    later(days=20)
    return people


@pytest.fixture
def reply(cast, thread, old):
    return make.reply(cast.ada, thread, f"You are {WORD} all.", passage=2)


def flag(of, by, reason="wounds", **more):
    return flagging.flag(of, Complaint(reason, **more), by=by)


def case():
    return session().scalars(select(Case).order_by(Case.id.desc())).first()


def acts():
    return session().scalars(select(LogEntry.act).order_by(LogEntry.id)).all()


def test_three_whom_it_wounds_and_who_are_no_newcomers_fold_it_for_now(cast, thread, reply, old, visitor, browser_of):
    young = person("young")
    session().commit()
    flag(reply, old[0])
    flag(reply, young, "caricature")
    flag(reply, old[1], "spam")
    flag(reply, old[2], "caricature")
    assert reply.state == STANDING, "of four, two are no newcomers and were hurt"
    flag(reply, old[3])
    assert (reply.state, reply.state_reason, thread.reply_count) == (FOLDED, REWORKED, 0)
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    assert "<summary>Folded while its author reworks it.</summary>" in page
    assert "A reply was folded" not in page, "nothing of it is to stay in the thread"
    log = visitor.get("/moderation/log?act=folded").text
    assert "the forum itself folded a reply in a thread" in " ".join(re.sub("<[^>]*>", "", log).split())
    assert not [word for word in ("farid", f"/replies/{reply.id}", thread.title) if word in log]
    assert "Your reply was folded" in browser_of(cast.ada).get("/notices").text
    with pytest.raises(Refused, match="cannot be answered"):
        make.answer(cast.bruno, reply)
    make.decided(case(), "nothing", cast.carla)
    assert (reply.state, thread.reply_count) == (STANDING, 1)
    make.unlimited()
    for one in old[:3]:
        flag(reply, one)
    assert reply.state == STANDING, "a moderator has found these words in order"
    assert (acts(), verify().broken) == (["fold_reply", "unfold_reply"], None)


def test_of_two_who_flag_at_once_the_third_folds_it_and_once(app, cast, reply, old):
    flag(reply, old[0])
    key, member, ids = reply.id, type(cast.ada), [old[1].id, old[2].id]
    at_once(app, *(lambda i=i: flag(session().get_one(Reply, key), session().get_one(member, i)) for i in ids))
    session().rollback()
    assert session().get_one(Reply, key).state == FOLDED
    assert acts() == ["fold_reply"]


def test_a_moderator_folds_what_stands_or_was_folded_for_now_and_unfolds_it(cast, thread, reply, old, browser_of):
    for one in old[:3]:
        flag(reply, one)
    carla, path = browser_of(cast.carla), f"/replies/{reply.id}"
    assert f'href="{path}/fold"' in carla.get(f"/moderation/cases/{case().id}").text
    assert carla.post(f"{path}/fold", data={"reason": ""}).status_code == 422
    assert carla.post(f"{path}/fold", data={"reason": "A caricature."}).status_code == 303
    place = f"/threads/{thread.id}-{thread.slug}"
    page = carla.get(place).text
    assert "<summary>Folded by a moderator: <bdi>A caricature.</bdi></summary>" in page
    assert "A reply was folded" in page
    assert carla.post(f"{path}/fold", data={"reason": "Again."}).status_code == 403
    assert browser_of(cast.bruno).post(f"{path}/unfold", data={"reason": "No."}).status_code == 403
    assert carla.post(f"{path}/unfold", data={"reason": "It was reworked."}).status_code == 303
    assert (reply.state, thread.reply_count, acts()) == (STANDING, 1, ["fold_reply"] * 2 + ["unfold_reply"])


def test_a_folded_reply_can_be_reworked_and_taken_back_and_comes_back_folded(cast, thread, reply, browser_of):
    keeping.fold_reply(reply, reason="Too hot.", by=cast.carla)
    changing.edit(reply, kind="thinking", source=f"I was {WORD}.", by=cast.ada)
    assert (reply.state, reply.html.strip()) == (FOLDED, f"<p>I was {WORD}.</p>")
    ada = browser_of(cast.ada)
    page = ada.get(f"/threads/{thread.id}-{thread.slug}").text
    assert f'<a href="/replies/{reply.id}/edit">' in page
    changing.withdraw(reply, by=cast.ada)
    assert "comes back folded" in ada.get(f"/replies/{reply.id}/return").text
    changing.bring_back(reply, by=cast.ada)
    assert (reply.state, reply.state_reason, thread.reply_count) == (FOLDED, "Too hot.", 0)
    flag(reply, cast.bruno, "threat")
    assert reply.state == HIDDEN, "what is folded can be read"
    changing.withdraw(reply, by=cast.ada)
    changing.bring_back(reply, by=cast.ada)
    assert reply.state == HIDDEN
    assert WORD not in browser_of(cast.bruno).get("/search?q=quincequ*").text


def test_one_that_was_changed_before_it_was_folded_stands_behind_its_fold_for_everyone(cast, thread, reply, visitor):
    make.answer(cast.bruno, reply)
    changing.edit(reply, kind="thinking", source=f"Some of you are {WORD}.", by=cast.ada)
    keeping.fold_reply(reply, reason="Too hot.", by=cast.carla)
    assert reply.revision
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}")
    assert page.status_code == 200
    assert '<details class="folded">' in page.text

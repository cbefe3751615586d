"""Who is told what, and what nobody is told."""

import pytest
from sqlalchemy import func, select

from forum.accounts.actions import muting
from forum.core import holdings
from forum.core.db import session
from forum.notices.actions import levels, reading, seeing, telling
from forum.notices.models import Notice, Telling, Tiding
from forum.threads.actions import changing, keeping, moving, replying
from forum.threads.models import Thread
from tests import cast as people
from tests import make
from tests.notices.told import kinds, replies, told, waiting
from tests.together import at_once


def test_whoever_is_answered_mentioned_or_follows_is_told_once_by_what_is_nearest(cast, thread):
    own = make.reply(cast.ada, thread)
    levels.choose("theme", make.theme().id, "follow", by=cast.elena)
    told()
    answer = make.answer(cast.bruno, own, "@ada @carla I hear you.")
    root = make.reply(cast.bruno, thread)
    told()
    assert kinds(cast.ada) == ["followed", "answered"]
    assert (replies(cast.ada, "answered"), replies(cast.ada, "followed")) == ([answer.id], [root.id])
    assert kinds(cast.carla) == ["mentioned"]
    assert (kinds(cast.elena), replies(cast.elena, "themed")) == (["themed"], [own.id, root.id])
    assert kinds(cast.bruno) == kinds(cast.dario) == []
    assert [waiting(one) for one in (cast.ada, cast.carla, cast.elena, cast.bruno)] == [2, 1, 1, 0]


def test_a_thread_is_told_to_who_follows_its_theme_and_its_replies_to_who_opened_it(cast):
    levels.choose("theme", make.theme().id, "follow", by=cast.elena)
    levels.choose("theme", make.theme().id, "follow", by=cast.carla)
    opened = make.thread(cast.ada, text="Come, @carla.")
    told()
    assert (kinds(cast.elena), kinds(cast.carla)) == (["opened"], ["called"])
    make.reply(cast.bruno, opened)
    told()
    assert kinds(cast.ada) == ["replied"]
    assert kinds(cast.elena) == ["themed", "opened"]


def test_several_from_one_place_become_one_until_it_is_read(cast, thread):
    own = make.reply(cast.ada, thread)
    first, second = make.answer(cast.bruno, own), make.answer(cast.carla, own)
    assert (kinds(cast.ada), replies(cast.ada, "answered"), waiting(cast.ada)) == (
        ["answered"],
        [first.id, second.id],
        1,
    )
    reading.read_all(99, by=cast.ada)
    assert (kinds(cast.ada), waiting(cast.ada)) == ([], 0)
    make.answer(cast.bruno, own)
    assert (kinds(cast.ada, unread=False), waiting(cast.ada)) == (["answered", "answered"], 1)


def test_answers_written_at_once_become_one_notice(app, cast, thread):
    own = make.reply(cast.ada, thread)
    make.unlimited()
    writers = [people.person(f"writer{number}") for number in range(6)]
    session().commit()
    ids, own_id = [writer.id for writer in writers], own.id

    def answer(by_id):
        def act():
            to, by = session().get_one(type(own), own_id), session().get_one(type(writers[0]), by_id)
            said = replying.Words(to.theme_id, "asking", "And I you.")
            return replying.answer(to, said, by=by, form_key=make.form_key()).id

        return act

    written = at_once(app, *map(answer, ids))
    at_once(app, *[told] * 3)
    assert session().scalar(select(func.count()).select_from(Telling)) == 0
    assert kinds(cast.ada) == ["answered"]
    assert (replies(cast.ada, "answered"), waiting(cast.ada)) == (sorted(written), 1)


def test_nobody_is_told_of_what_they_muted(cast, thread):
    own, opened = make.reply(cast.ada, thread), make.thread(cast.ada)
    levels.choose("theme", make.theme("polarization").id, "follow", by=cast.ada)
    muting.mute(cast.bruno, by=cast.ada)
    make.answer(cast.bruno, own, "@ada"), make.reply(cast.bruno, opened), make.reply(cast.bruno, thread)
    make.thread(cast.bruno, key="polarization", text="@ada")
    told()
    assert kinds(cast.ada) == []
    levels.choose("thread", thread.id, "mute", by=cast.ada)
    make.answer(cast.carla, own, "@ada"), make.reply(cast.carla, thread, key="polarization")
    told()
    assert kinds(cast.ada) == []
    levels.choose("theme", make.theme().id, "mute", by=cast.ada)
    make.reply(cast.carla, opened)  # one that she follows speaks up under a muted theme
    make.thread(cast.carla, text="@ada")
    told()
    assert (kinds(cast.ada), waiting(cast.ada)) == (["replied"], 1)


def test_what_waits_is_still_when_its_author_or_its_place_is_muted(cast, thread):
    own = make.reply(cast.ada, thread)
    make.answer(cast.bruno, own)
    muting.mute(cast.bruno, by=cast.ada)
    assert (kinds(cast.ada), waiting(cast.ada)) == ([], 0)
    muting.unmute(cast.bruno, by=cast.ada)
    assert (kinds(cast.ada), waiting(cast.ada)) == (["answered"], 1)
    levels.choose("thread", thread.id, "mute", by=cast.ada)
    assert (kinds(cast.ada), waiting(cast.ada)) == ([], 0)


def test_what_is_withdrawn_or_hidden_is_told_no_more_until_it_stands_again(cast):
    opened = make.thread(cast.ada)
    own = make.reply(cast.ada, opened)
    answer = make.answer(cast.bruno, own)
    for gone, back in (
        (lambda: changing.withdraw(answer, by=cast.bruno), lambda: changing.bring_back(answer, by=cast.bruno)),
        (
            lambda: keeping.hide_reply(answer, reason="No.", by=cast.carla),
            lambda: keeping.restore_reply(answer, reason="Yes.", by=cast.carla),
        ),
    ):
        gone()
        assert (kinds(cast.ada), waiting(cast.ada)) == ([], 0)
        back()
        assert (kinds(cast.ada), waiting(cast.ada)) == (["answered"], 1)
    keeping.hide_thread(opened, reason="No.", by=cast.carla)
    assert (kinds(cast.ada), waiting(cast.ada)) == (["decided"], 1)
    keeping.restore_thread(opened, reason="Yes.", by=cast.carla)
    assert (kinds(cast.ada), waiting(cast.ada)) == (["decided", "decided", "answered"], 3)


def test_decisions_are_told_to_whose_words_they_concern_even_where_those_hear_nothing(cast, thread):
    reply, opened = make.reply(cast.ada, thread), make.thread(cast.ada)
    for place in (thread, opened):
        levels.choose("thread", place.id, "mute", by=cast.ada)
    keeping.hide_reply(reply, reason="It names someone.", by=cast.carla)
    make.locked(opened, cast.carla)
    moving.retitle_thread(opened, title="Another", reason="Clearer.", by=cast.carla)
    into = make.thread(cast.bruno)
    moving.merge_thread(opened, into=into, reason="The same.", by=cast.carla)
    assert (kinds(cast.ada), waiting(cast.ada)) == (["decided"] * 4, 4)
    told()
    assert "decided" not in kinds(cast.bruno)
    keeping.lock(into, reason="Enough.", by=cast.carla)
    keeping.pin(make.thread(cast.carla), scope="theme", reason="Mine.", until=None, by=cast.carla)
    assert (kinds(cast.bruno)[0], kinds(cast.carla)) == ("decided", [])


def test_authors_learn_where_their_replies_went(cast, thread):
    first, second, answer = make.reply(cast.ada, thread), make.reply(cast.bruno, thread), make.reply(cast.elena, thread)
    make.answer(cast.dario, answer)
    moving.split_thread(
        thread, [first.id, second.id], title="Apart", theme=make.theme(), reason="Other.", by=cast.carla
    )
    into = session().scalars(select(Thread).order_by(Thread.id.desc())).first()
    moving.move_reply(answer, into=into, theme=make.theme(), reason="There.", by=cast.carla)
    of = [
        session().scalars(select(Notice.reply_id).where(Notice.kind == "decided", Notice.member_id == one.id)).all()
        for one in (cast.ada, cast.bruno, cast.elena)
    ]
    assert of == [[first.id], [second.id], [answer.id]]


def test_followers_are_told_in_batches_and_nobody_twice(cast, thread, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    followers = [people.person(f"follower{number}") for number in range(5)]
    session().commit()
    for one in followers:
        levels.choose("thread", thread.id, "follow", by=one)
        levels.choose("theme", make.theme().id, "follow", by=one)
    reply = make.reply(cast.ada, thread)
    seeing.see(followers[1].id, "thread", thread.id, [reply.id])
    assert told() == 4  # ada follows what she writes in
    assert [kinds(one) for one in followers] == [["followed"], [], *[["followed"]] * 3]
    assert told() == 0


def test_a_notice_tells_of_so_many_and_no_more(cast, thread, monkeypatch):
    monkeypatch.setattr(telling, "MOST", 2)
    own = make.reply(cast.ada, thread)
    for _ in range(3):
        make.answer(cast.bruno, own)
    assert len(replies(cast.ada, "answered")) == 2


def test_a_mention_that_comes_with_a_change_is_told_though_the_reply_was_read(cast, thread):
    own = make.reply(cast.ada, thread)
    answer = make.answer(cast.bruno, own)
    seeing.see(cast.ada.id, "thread", thread.id, [answer.id])
    changing.edit(answer, kind="lived", source="I mean you, @ada.", by=cast.bruno)
    assert (kinds(cast.ada), waiting(cast.ada)) == (["mentioned"], 1)
    seeing.see(cast.ada.id, "thread", thread.id, [answer.id])
    assert (kinds(cast.ada), waiting(cast.ada)) == ([], 0)


@pytest.mark.parametrize("scope", ["thread", "theme"])
def test_to_be_shown_all_that_a_notice_tells_is_to_have_read_it(cast, thread, scope):
    own = make.reply(cast.ada, thread)
    roots = [make.reply(cast.bruno, thread) for _ in range(2)]
    make.answer(cast.bruno, own)
    told()
    place = thread.id if scope == "thread" else make.theme().id
    seeing.see(cast.ada.id, scope, place, [roots[0].id])
    assert kinds(cast.ada) == ["followed", "answered"]
    seeing.see(cast.ada.id, scope, place, [roots[1].id])
    assert (kinds(cast.ada), waiting(cast.ada)) == (["answered"], 1)


def test_to_visit_a_thread_is_to_have_read_of_it(cast):
    opened = make.thread(cast.ada)
    told()
    levels.choose("theme", make.theme().id, "follow", by=cast.elena)
    other = make.thread(cast.bruno, text="@elena")
    told()
    make.locked(opened, cast.carla)
    seeing.see(cast.elena.id, "thread", other.id, [])
    seeing.see(cast.ada.id, "thread", opened.id, [])
    assert (kinds(cast.ada), kinds(cast.elena), waiting(cast.ada), waiting(cast.elena)) == ([], [], 0, 0)


def test_notices_go_after_a_year(cast, thread, later):
    own = make.reply(cast.ada, thread)
    make.answer(cast.bruno, own)
    later(days=364)
    make.answer(cast.carla, make.reply(cast.elena, thread))
    list(holdings.keep())
    assert kinds(cast.ada) == ["answered"]
    later(days=366)
    list(holdings.keep())
    assert (kinds(cast.ada), waiting(cast.ada), kinds(cast.elena)) == ([], 0, ["answered"])
    assert session().scalar(select(func.count()).select_from(Tiding)) == 1

"""Keeping, clearing and forgetting drafts; what a form knows of them decides whether it may write over them."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from forum.accounts.models import Member
from forum.core import clock, holdings
from forum.core.db import Site, session
from forum.core.limits import LIMITS, Attempt, Limit, TooOften
from forum.core.rules import Refused
from forum.drafts import actions, rules
from forum.drafts.actions import Stale
from forum.drafts.models import LONGEST, Draft
from forum.drafts.targets import ANSWER, EDIT, OPENING, THREAD, Target, in_thread
from forum.threads.actions import changing, erasing, keeping, moving, opening, replying
from forum.threads.citations import quotation
from tests import make
from tests.drafts.begun import begin, bodies, drafts


@pytest.fixture
def target(thread):
    return in_thread(thread.id)


def counted(member: Member) -> int:
    session().rollback()
    return session().get_one(Member, member.id).draft_count


def test_a_draft_is_kept_as_it_stood_and_written_on(cast, target):
    first = begin(cast.ada, target, "One", theme="mistrust")
    second = begin(cast.ada, target, "One and two", known=first.sequence, kind="lived")
    assert second.id == first.id
    assert second.fields == {"body": "One and two", "kind": "lived"}
    assert counted(cast.ada) == 1


def test_each_member_and_each_target_has_one(cast, thread, target):
    begin(cast.ada, target, "a")
    begin(cast.ada, in_thread(thread.id, "p2"), "b")
    begin(cast.ada, in_thread(thread.id, "p2", "sees only"), "c")
    begin(cast.bruno, target, "d")
    assert (bodies(cast.ada), bodies(cast.bruno)) == (["a", "b", "c"], ["d"])
    assert (counted(cast.ada), counted(cast.bruno), counted(cast.carla)) == (3, 1, 0)


def test_whoever_knows_an_older_draft_writes_nothing_over_the_newer_one(cast, target):
    first = begin(cast.ada, target, "first").sequence
    second = begin(cast.ada, target, "second", known=first).sequence
    for known in (0, first, second + 1):
        with pytest.raises(Stale) as stale:
            begin(cast.ada, target, "stale", known=known)
        assert stale.value.newer.fields["body"] == "second"
    assert bodies() == ["second"]


def test_whoever_knows_a_draft_that_is_gone_makes_no_new_one(cast, target):
    known = begin(cast.ada, target).sequence
    actions.throw_away(drafts()[0], known=known, by=cast.ada)
    with pytest.raises(Stale) as stale:
        begin(cast.ada, target, "stale", known=known)
    assert stale.value.newer is None
    again = begin(cast.ada, target, "anew")
    assert again.sequence > known, "a form of before could take it for its own"


TABS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["keep", "look", "clear", "empty"])), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(TABS)
def test_of_several_windows_only_one_that_saw_the_newest_draft_changes_it(cast, target, steps):
    """A model of three windows: each knows the number that it was told last; what is kept changes only by the newest."""
    session().execute(delete(Draft))
    session().execute(delete(Attempt))
    session().execute(update(Member).values(draft_count=0))
    session().commit()
    known, newest, kept = [0, 0, 0], 0, None
    for step, (tab, act) in enumerate(steps):
        text = f"{tab} at {step}"
        if act == "look":
            known[tab] = newest
            continue
        if act == "clear":
            with actions.transaction():
                actions.clear(cast.ada, known[tab])
            if known[tab] == newest:
                newest, kept = 0, None
        else:
            fields = {"body": text if act == "keep" else " \n"}
            if known[tab] != newest:
                with pytest.raises(Stale) as stale:
                    actions.keep(target, fields, known=known[tab], by=cast.ada)
                assert (stale.value.newer.fields["body"] if stale.value.newer else None) == kept
                continue
            draft = actions.keep(target, fields, known=known[tab], by=cast.ada)
            known[tab] = newest = draft.sequence if draft else 0
            kept = text if draft else None
        assert bodies() == ([kept] if kept else [])
        assert counted(cast.ada) == len(bodies())


def test_a_draft_without_a_word_is_none(cast, target):
    assert actions.keep(target, {"body": " \n ", "kind": "lived"}, known=0, by=cast.ada) is None
    known = begin(cast.ada, target).sequence
    assert actions.keep(target, {"kind": "lived"}, known=known, by=cast.ada) is None
    assert (drafts(), counted(cast.ada)) == ([], 0)


def test_a_member_keeps_so_many_and_can_write_on_each_of_them(cast, thread, target, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 3)
    kept = [begin(cast.ada, Target(THREAD, thread.id, f"p{number}")).sequence for number in range(3)]
    with pytest.raises(Refused, match="You have 3 drafts"):
        begin(cast.ada, target)
    begin(cast.ada, Target(THREAD, thread.id, "p2"), "Written on.", known=kept[2])
    assert counted(cast.ada) == 3
    actions.throw_away(drafts()[0], known=kept[0], by=cast.ada)
    begin(cast.ada, target)


def test_a_draft_holds_as_much_as_any_form_and_no_more(cast, target):
    begin(cast.bruno, target, "a" * LONGEST)
    with pytest.raises(Refused, match="24000"):
        begin(cast.ada, target, "a" * LONGEST, kind="lived")


def test_drafts_are_kept_only_so_often_and_what_was_noted_of_it_goes(cast, target, monkeypatch):
    limit, known = Limit(3, timedelta(minutes=10)), 0
    monkeypatch.setitem(LIMITS, "draft", limit)
    for turn in range(limit.most):
        known = begin(cast.ada, target, f"turn {turn}", known=known).sequence
    with pytest.raises(TooOften):
        begin(cast.ada, target, "too often", known=known)
    begin(cast.bruno, target)
    later = clock.now() + limit.within
    monkeypatch.setattr(clock, "now", lambda: later)
    begin(cast.ada, target, "later", known=known)
    session().rollback()
    assert len(session().scalars(select(Attempt).where(Attempt.key == str(cast.ada.id))).all()) == 1


def test_no_reader_has_to_render_a_page_anew_for_a_draft(cast, target):
    pulse = session().scalar(select(Site.pulse))
    known = begin(cast.ada, target).sequence
    actions.throw_away(drafts()[0], known=known, by=cast.ada)
    assert session().scalar(select(Site.pulse)) == pulse


def said(thread, by, draft):
    return replying.reply(thread, make.words("Said."), by=by, form_key=make.form_key(), draft=draft)


def test_what_is_sent_takes_its_draft_along(cast, thread):
    reply, own = make.reply(cast.ada, thread), make.thread(cast.ada)
    for act in (
        lambda known: said(thread, cast.ada, known),
        lambda known: replying.answer(reply, make.words("So."), by=cast.ada, form_key=make.form_key(), draft=known),
        lambda known: changing.edit(reply, kind="lived", source="Better.", by=cast.ada, draft=known),
        lambda known: changing.edit(reply, kind="lived", source="Better.", by=cast.ada, draft=known),
        lambda known: opening.edit_thread(own, title="Else", source="Else.", by=cast.ada, draft=known),
        lambda known: opening.open_thread(
            make.theme(), title="T", source="S", by=cast.ada, form_key=make.form_key(), draft=known
        ),
    ):
        known = begin(cast.ada, Target(EDIT, reply.id)).sequence
        begin(cast.bruno, Target(THREAD, thread.id), known=0)
        act(known)
        assert (len(drafts(cast.ada)), counted(cast.ada)) == (0, 0)
        assert len(drafts(cast.bruno)) == 1
        actions.throw_away(drafts()[0], known=drafts()[0].sequence, by=cast.bruno)


def test_a_form_that_was_sent_twice_takes_its_draft_along_too(cast, thread, target):
    make.unlimited()
    for _time in range(2):
        known = begin(cast.ada, target).sequence
        replying.reply(thread, make.words("Once."), by=cast.ada, form_key="same", draft=known)
        assert drafts() == []


def test_what_was_written_on_elsewhere_stays_when_an_older_text_is_sent(cast, thread, target):
    known = begin(cast.ada, target, "short").sequence
    begin(cast.ada, target, "longer", known=known)
    said(thread, cast.ada, known)
    assert bodies() == ["longer"]


def test_what_is_refused_keeps_its_draft(cast, thread, target):
    known = begin(cast.ada, target, "Before the lock.").sequence
    make.locked(thread, cast.carla)
    with pytest.raises(Refused):
        said(thread, cast.ada, known)
    assert (bodies(), counted(cast.ada)) == (["Before the lock."], 1)


def test_what_was_begun_in_a_merged_thread_goes_on_in_the_other(cast):
    source, into = make.thread(cast.ada), make.thread(cast.ada, title="Another bench")
    known = begin(cast.ada, in_thread(source.id), "Mine").sequence
    begin(cast.bruno, in_thread(source.id), "Old")
    begin(cast.bruno, in_thread(into.id), "New")
    begin(cast.ada, Target(OPENING, source.id), "Opening")
    moving.merge_thread(source, into=into, reason="The same bench.", by=cast.carla)
    session().rollback()
    found = {(draft.fields["body"], draft.target) for draft in drafts()}
    assert found == {
        ("Mine", f"thread-{into.id}"),
        ("Old", f"thread-{source.id}"),
        ("New", f"thread-{into.id}"),
        ("Opening", f"opening-{source.id}"),
    }
    begin(cast.ada, in_thread(source.id), "A form of before the merge goes on", known=known)
    assert "A form of before the merge goes on" in bodies(cast.ada)
    with pytest.raises(Stale):
        begin(cast.bruno, in_thread(source.id), "stale", known=drafts(cast.bruno)[0].sequence)


def test_a_hidden_or_locked_thread_takes_no_draft_away(cast):
    thread = make.thread(cast.ada)
    known = begin(cast.bruno, in_thread(thread.id), "Mine").sequence
    make.locked(thread, cast.carla)
    keeping.hide_thread(thread, reason="Off.", by=cast.carla)
    begin(cast.bruno, in_thread(thread.id), "Mine, still", known=known)
    assert bodies(cast.bruno) == ["Mine, still"]


def test_a_draft_that_nobody_goes_on_with_goes_after_half_a_year(app, cast, thread, target, monkeypatch):
    begin(cast.ada, target, "old")
    begin(cast.bruno, target, "old too")
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at + holdings.HOLDINGS["drafts"].lasts - timedelta(seconds=1))
    begin(cast.ada, in_thread(thread.id, "p2"), "new")
    list(holdings.keep())
    assert len(drafts()) == 3
    monkeypatch.setattr(clock, "now", lambda: at + holdings.HOLDINGS["drafts"].lasts + timedelta(seconds=1))
    list(holdings.keep())
    assert bodies() == ["new"]
    assert (counted(cast.ada), counted(cast.bruno)) == (1, 0)


def test_a_draft_goes_with_its_member(cast, target):
    begin(cast.bruno, target)
    session().execute(delete(Attempt))
    session().execute(delete(Member).where(Member.id == cast.bruno.id))
    session().commit()
    assert drafts() == []


def test_erased_words_are_gone_from_drafts_too(cast, thread, later):
    taken, other = make.reply(cast.ada, thread, "Quinces are ripe."), make.reply(cast.ada, thread, "Medlars too.")
    quoting = "".join(quotation("ada wrote", reply.id, reply.source) for reply in (taken, other)) + "I have a basket."
    begin(cast.ada, Target(EDIT, taken.id), "Quinces are rotten.")
    begin(cast.ada, Target(EDIT, other.id), "Medlars are rotten.")
    begin(cast.bruno, Target(ANSWER, taken.id), quoting)
    changing.withdraw(taken, by=cast.ada)
    assert len(drafts()) == 3
    later(hours=24)
    assert sum(erasing.erase()) == 1
    assert bodies(cast.ada) == ["Medlars are rotten."]
    (left,) = bodies(cast.bruno)
    assert [word in left for word in ("Quinces", "Medlars too.", "I have a basket.")] == [False, True, True]
    assert (counted(cast.ada), counted(cast.bruno)) == (1, 1)

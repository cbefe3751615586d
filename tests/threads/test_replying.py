import pytest
from sqlalchemy import func, select

from forum.core import markdown
from forum.core.db import Site, session
from forum.core.limits import LIMITS, Attempt, TooOften
from forum.core.rules import Refused
from forum.threads.actions import keeping, replying
from forum.threads.models import Reply, Tally, Thread
from tests import make


def replies() -> int:
    return session().scalar(select(func.count()).select_from(Reply)) or 0


def test_a_reply_is_kept_as_written_and_as_html(cast, thread):
    said = make.words("I *saw* it.", kind="lived", passage=2)
    made = replying.reply(thread, said, by=cast.ada, form_key="one")
    assert (made.source, made.kind, made.html) == ("I *saw* it.", "lived", "<p>I <em>saw</em> it.</p>\n")
    assert (made.renderer, made.state, made.edited_at) == (markdown.RENDERER, "standing", None)
    assert (made.root_id, made.answers_id, made.number, made.as_staff) == (None, None, 0, False)
    assert (made.theme.key, made.passage_id, made.author.name) == ("mistrust", make.passage_id(2), "ada")


def test_a_reply_counts_in_its_thread_its_theme_and_its_passage(cast, thread):
    made = make.reply(cast.ada, thread, passage=2)
    assert session().get_one(Thread, thread.id).reply_count == 1
    assert make.theme().reply_count == 1
    assert session().get_one(Tally, (thread.id, made.theme_id, made.passage_id)).replies == 1


def test_a_reply_without_a_passage_counts_under_none(cast, thread):
    made = make.reply(cast.ada, thread)
    assert session().get_one(Tally, (thread.id, made.theme_id, 0)).replies == 1


def test_a_reply_brings_its_thread_forward(cast):
    older, newer = make.thread(cast.ada), make.thread(cast.ada)
    assert older.activity < newer.activity
    made = make.reply(cast.bruno, older)
    assert older.activity > newer.activity
    assert older.latest_at == made.created_at


def test_later_replies_have_higher_ids(cast, thread):
    ids = [make.reply(by, thread).id for by in (cast.ada, cast.bruno, cast.ada)]
    assert ids == sorted(ids)


def test_a_locked_thread_takes_no_replies(cast, thread):
    make.locked(thread, cast.carla)
    with pytest.raises(Refused, match=r"This thread is locked: We sleep over it."):
        make.reply(cast.ada, thread)
    assert replies() == 0


def test_a_thread_that_is_open_again_takes_replies(cast, thread):
    make.locked(thread, cast.carla)
    keeping.unlock(thread, reason="We slept.", by=cast.carla)
    assert make.reply(cast.ada, thread).as_staff is False


def test_whoever_keeps_a_locked_thread_may_write_and_is_labelled(cast):
    thread = make.locked(make.thread(cast.ada), cast.carla)
    for keeper in (cast.carla, cast.dario, cast.elena):
        assert make.reply(keeper, thread).as_staff is True


def test_a_facilitator_is_like_everyone_in_a_locked_thread_of_another_theme(cast):
    thread = make.locked(make.thread(cast.ada, key="polarization"), cast.carla)
    with pytest.raises(Refused):
        make.reply(cast.elena, thread)


def test_a_hidden_thread_takes_no_replies_from_anyone(cast):
    thread = make.thread(cast.ada)
    keeping.hide_thread(thread, reason="Not here.", by=cast.carla)
    for by in (cast.ada, cast.bruno, cast.carla):
        with pytest.raises(Refused, match=r"This thread is hidden"):
            make.reply(by, thread)


def test_the_same_form_twice_is_one_reply(cast, thread):
    said = make.words("Once.")
    first, second = (replying.reply(thread, said, by=cast.ada, form_key="same") for _ in range(2))
    assert first.id == second.id
    assert (replies(), thread.reply_count) == (1, 1)


def test_two_forms_with_the_same_words_are_two_replies(cast, thread):
    said = make.words("Twice.")
    ids = {replying.reply(thread, said, by=cast.ada, form_key=key).id for key in ("one", "two")}
    assert len(ids) == 2


def test_new_words_sent_from_a_form_that_went_through_are_not_lost(cast, thread):
    texts = ("I was there.", "I was there, and I left.")
    made = [replying.reply(thread, make.words(text), by=cast.ada, form_key="same") for text in texts]
    assert [reply.source for reply in made] == list(texts)


def test_two_people_may_have_the_same_form_key(cast, thread):
    said = make.words("Hello.")
    assert len({replying.reply(thread, said, by=by, form_key="same").id for by in (cast.ada, cast.bruno)}) == 2


def test_a_form_sent_again_after_a_lock_gives_the_reply_it_made(cast, thread):
    said = make.words("Before the lock.")
    first = replying.reply(thread, said, by=cast.ada, form_key="same")
    make.locked(thread, cast.carla)
    assert replying.reply(thread, said, by=cast.ada, form_key="same").id == first.id


def test_who_writes_very_often_is_asked_to_wait_and_nothing_is_stored(cast, thread):
    for number in range(LIMITS["reply"].most):
        replying.reply(thread, make.words(f"{number}"), by=cast.ada, form_key=f"k{number}")
    before = session().get_one(Site, 1).pulse
    with pytest.raises(TooOften) as often:
        replying.reply(thread, make.words("one more"), by=cast.ada, form_key="more")
    assert 0 < often.value.wait <= LIMITS["reply"].within.total_seconds()
    assert replies() == LIMITS["reply"].most
    assert session().get_one(Site, 1).pulse == before
    assert make.reply(cast.bruno, thread)


def test_a_refused_reply_does_not_count_as_a_try(cast, thread):
    make.locked(thread, cast.carla)
    make.unlimited()
    with pytest.raises(Refused):
        replying.reply(thread, make.words("?"), by=cast.ada, form_key="one")
    assert session().scalar(select(func.count()).select_from(Attempt)) == 0

import pytest
from sqlalchemy import func, select

from forum.core.db import session
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, replying
from forum.threads.models import Reply
from tests import make


def test_an_answer_stands_under_the_reply(cast, thread):
    root = make.reply(cast.ada, thread, passage=2)
    made = make.answer(cast.bruno, root)
    assert (made.thread_id, made.root_id, made.answers_id, made.number) == (thread.id, root.id, root.id, 1)
    assert (made.theme_id, made.passage_id) == (root.theme_id, root.passage_id)
    assert root.answer_count == 1


def test_there_are_two_levels_and_no_third(cast, thread):
    root = make.reply(cast.ada, thread)
    answer = make.answer(cast.bruno, root)
    for _ in range(4):
        answer = make.answer(cast.ada, answer)
        assert answer.root_id == root.id
    nested = (
        select(func.count())
        .select_from(Reply)
        .where(Reply.root_id.not_in(select(Reply.id).where(Reply.root_id.is_(None))))
    )
    assert session().scalar(nested) == 0


def test_an_answer_to_an_answer_names_whom_it_answers(cast, thread, visitor):
    root = make.reply(cast.ada, thread)
    first = make.answer(cast.bruno, root)
    second = make.answer(cast.carla, first)
    assert (second.root_id, second.answers_id, second.number) == (root.id, first.id, 2)
    page = visitor.get(f"/threads/{thread.id}", follow_redirects=True).text
    shown = page[page.index(f'id="r{second.id}"') :]
    assert f'answering <a href="/replies/{first.id}"><bdi>bruno</bdi></a>' in shown


def test_answers_are_numbered_in_order_and_a_number_is_never_given_again(cast, thread):
    root = make.reply(cast.ada, thread)
    first, second = make.answer(cast.bruno, root), make.answer(cast.bruno, root)
    changing.withdraw(second, by=cast.bruno)
    keeping.hide_reply(first, reason="Off.", by=cast.carla)
    third = make.answer(cast.carla, root)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert root.answer_count == 3


def test_an_answer_counts_where_its_root_stands(cast, thread):
    root = make.reply(cast.ada, thread, passage=3)
    make.answer(cast.bruno, root)
    assert (thread.reply_count, make.theme().reply_count) == (2, 2)


@pytest.mark.parametrize("level", ["reply", "answer"])
def test_a_withdrawn_one_cannot_be_answered(cast, thread, level):
    answered = make.reply(cast.ada, thread)
    if level == "answer":
        answered = make.answer(cast.ada, answered)
    changing.withdraw(answered, by=cast.ada)
    with pytest.raises(Refused, match="withdrawn by its author"):
        make.answer(cast.bruno, answered)


def test_a_hidden_one_cannot_be_answered_by_anyone(cast, thread):
    root = make.reply(cast.ada, thread)
    keeping.hide_reply(root, reason="Off.", by=cast.carla)
    for by in (cast.bruno, cast.carla):
        with pytest.raises(Refused, match="hidden"):
            make.answer(by, root)
    assert root.answer_count == 0


def test_a_standing_answer_under_a_withdrawn_reply_can_be_answered(cast, thread):
    root = make.reply(cast.ada, thread)
    answer = make.answer(cast.bruno, root)
    changing.withdraw(root, by=cast.ada)
    assert make.answer(cast.carla, answer).root_id == root.id


def test_in_a_locked_thread_only_those_who_keep_it_answer(cast, thread):
    root = make.reply(cast.ada, thread)
    make.locked(thread, cast.carla)
    with pytest.raises(Refused, match="This thread is locked"):
        make.answer(cast.bruno, root)
    assert make.answer(cast.carla, root).as_staff is True


def test_the_same_form_twice_is_one_answer(cast, thread):
    root = make.reply(cast.ada, thread)
    said = make.words("Once.")
    ids = {replying.answer(root, said, by=cast.bruno, form_key="same").id for _ in range(3)}
    assert len(ids) == 1
    assert root.answer_count == 1


def test_new_words_from_a_form_that_went_through_are_a_second_answer(cast, thread):
    root = make.reply(cast.ada, thread)
    made = [replying.answer(root, make.words(text), by=cast.bruno, form_key="same") for text in ("a", "b")]
    assert [answer.number for answer in made] == [1, 2]

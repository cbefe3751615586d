"""An exchange that goes fast between two people asks each of them for a pause; those who keep the thread set it or lift it."""

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.brake import actions, queries
from forum.brake.models import Pace
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.threads.actions import changing, replying
from forum.threads.models import Reply
from forum.threads.pauses import Paused
from tests import make
from tests.threads.sending import form_of, send
from tests.together import at_once

REASON = "Let it settle."


@pytest.fixture
def own(cast):
    return make.thread(cast.ada)


@pytest.fixture
def root(cast, own):
    return make.reply(cast.dario, own, "Who speaks first?")


def talk(root, people, count, later=None, begin=0, apart=2):
    """Let people answer in turn, some minutes apart; return the minute of the last answer."""
    for number in range(count):
        if later:
            later(minutes=begin + apart * number)
        answer(people[number % len(people)], root, f"Word {number} of {begin}.")
    return begin + apart * (count - 1)


def answer(by, to, text="And I you."):
    return make.answer(by, to, text, waited=False)


def left(root, who):
    found = queries.paused(root, who)
    return found and round((found.until - clock.now()).total_seconds() / 60)


def test_two_who_go_fast_are_asked_for_a_pause_that_grows_and_others_are_not(cast, root, later):
    pair = (cast.ada, cast.bruno)
    end = talk(root, pair, 5, later)
    assert (left(root, cast.ada), left(root, cast.bruno)) == (None, None)
    later(minutes=end + 1)
    answer(cast.bruno, root, "The sixth.")
    assert left(root, cast.bruno) == 2
    assert left(root, cast.ada) is None, "their last answer was given before it was hot"
    answer(cast.ada, root, "The seventh.")
    with pytest.raises(Paused) as told:
        answer(cast.ada, root, "At once.")
    assert told.value.wait == 120
    assert told.value.sentence.startswith("This exchange is going fast between two people.")
    assert (left(root, cast.elena), left(root, cast.carla)) == (None, None)
    third = Member(id=10_000, name="third", role="member")
    assert queries.paused(root, third) is None, "a first answer is never slowed"
    later(minutes=end + 3.1)
    answer(cast.ada, root, "The eighth.")
    answer(cast.bruno, root, "The ninth.")
    assert left(root, cast.bruno) == 5, "at nine it is hotter"
    later(minutes=end + 60 * 3)
    assert left(root, cast.bruno) is None


def test_an_answer_to_an_answer_is_of_the_same_exchange_and_another_exchange_is_not(cast, own, root, later):
    talk(root, (cast.ada, cast.bruno), 6)
    last = session().scalars(select(Reply).where(Reply.root_id == root.id).order_by(Reply.id.desc())).first()
    with pytest.raises(Paused):
        answer(cast.bruno, last, "Beside it.")
    make.reply(cast.bruno, own, "Another reply.")
    other = make.reply(cast.dario, own, "Another exchange.")
    answer(cast.bruno, other)


def test_while_one_waits_the_pause_grows_no_more(cast, root, later):
    talk(root, (cast.ada, cast.bruno), 6)
    promised = queries.paused(root, cast.bruno).until
    later(minutes=1)
    talk(root, (cast.carla, cast.dario, cast.elena), 12)
    flagging.flag(root, Complaint("wounds"), by=cast.ada)
    assert queries.paused(root, cast.bruno).until == promised


def test_open_cases_make_it_hotter_and_nobody_is_told_why(cast, root, later):
    pair = (cast.ada, cast.bruno)
    talk(root, pair, 5)
    later(minutes=1)
    flagging.flag(root, Complaint("wounds"), by=cast.elena)
    later(minutes=2)
    answer(cast.bruno, root, "The sixth.")
    found = queries.paused(root, cast.bruno)
    assert left(root, cast.bruno) == 5, "without the case it would be two"
    assert "flag" not in found.sentence


def test_writing_and_mending_and_withdrawing_ones_own_is_never_braked(cast, root):
    talk(root, (cast.ada, cast.bruno), 6)
    mine = session().scalars(select(Reply).where(Reply.author_id == cast.bruno.id).order_by(Reply.id.desc())).first()
    changing.edit(mine, kind="asking", source="I meant it kindly.", by=cast.bruno)
    changing.withdraw(mine, by=cast.bruno)
    with pytest.raises(Paused):
        answer(cast.bruno, root, "Withdrawing makes no room.")
    changing.bring_back(mine, by=cast.bruno)


def test_of_two_answers_at_once_the_brake_lets_one_stand(app, cast, root, later):
    talk(root, (cast.ada, cast.bruno), 3)
    later(hours=1)
    root_id, bruno_id = root.id, cast.bruno.id
    actions.set_pace(root, 5, reason=REASON, by=cast.carla)

    def answerer(key):
        def act():
            again = session().get_one(Reply, root_id)
            said = replying.Words(again.theme_id, "asking", "At once.")
            return replying.answer(again, said, by=session().get_one(Member, bruno_id), form_key=key).id

        return act

    done = at_once(app, *map(answerer, ("one", "two", "three")))
    assert sum(isinstance(one, Paused) for one in done) == 2
    assert sum(isinstance(one, int) for one in done) == 1


def test_the_page_says_until_when_counts_down_and_keeps_the_text(cast, root, later, browser_of):
    later()
    talk(root, (cast.ada, cast.bruno), 6)
    bruno, ada = browser_of(cast.bruno), browser_of(cast.ada)
    page = bruno.get(f"/replies/{root.id}/answers")
    assert 'data-behaviour="countdown" data-seconds="120"' in page.text
    assert "going fast between two people" in page.text
    assert "data-seconds" not in ada.get(f"/replies/{root.id}/answers").text
    refused = send(bruno, page, kind="lived", body="At once.")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "120")
    assert "You can go on from" in refused.text
    assert form_of(refused, "body").fields["body"] == "At once."
    later(minutes=2)
    assert send(bruno, refused, kind="lived", body="At once.").status_code == 303


def test_those_who_keep_the_thread_slow_an_exchange_down_for_a_day_or_let_it_run(
    cast, root, later, browser_of, visitor
):
    talk(root, (cast.ada, cast.bruno), 3)
    elena, page = browser_of(cast.elena), f"/brake/{root.id}"
    assert f'href="{page}"' in elena.get(f"/replies/{root.id}/answers").text
    assert browser_of(cast.bruno).get(page).status_code == 403
    assert visitor.get(page).status_code == 303
    answer_id = session().scalar(select(func.max(Reply.id)))
    assert elena.get(f"/brake/{answer_id}").headers["Location"] == page
    assert send(elena, elena.get(page), minutes="7", reason=REASON).status_code == 422
    assert send(elena, elena.get(page), minutes="60", reason=REASON).status_code == 303
    assert left(root, cast.bruno) == 60
    assert queries.paused(root, cast.bruno).sentence.startswith("Those who keep this thread have slowed")
    assert queries.paused(root, cast.elena) is None
    for where in (f"/threads/{root.thread_id}-a-bench-by-the-river?order=written", "/moderation/log?kind=settings"):
        text = visitor.get(where).text
        assert REASON in text, where
    later(hours=24)
    assert queries.pace(root.id) is None, "for a day"

    later()
    talk(root, (cast.carla, cast.elena), 9)
    send(elena, elena.get(page), minutes="0", reason="They know each other.")
    assert (left(root, cast.ada), left(root, cast.bruno)) == (None, None)
    answer(cast.bruno, root)
    answer(cast.bruno, root)
    send(elena, elena.get(page), minutes="auto", reason="As before.")
    assert left(root, cast.bruno) == 5
    assert session().scalars(select(Pace)).all() == []
    told = session().scalars(select(LogEntry.detail).order_by(LogEntry.id)).all()
    assert told == ["60", "0", "auto"]
    assert "was set" in browser_of(cast.dario).get("/notices").text, "whoever began the exchange is told"
    text = visitor.get("/moderation/log").text
    for words in ("lifted the pauses", "left the pace", "set a pause"):
        assert words in text


@pytest.mark.one_database
def test_whoever_may_not_set_a_pace_sets_none(cast, root):
    with pytest.raises(Refused, match="set the pace of an exchange"):
        actions.set_pace(root, 5, reason=REASON, by=cast.bruno)
    assert session().scalars(select(Pace)).all() == []


@pytest.mark.one_database
def test_an_hour_is_an_hour(cast, root, later):
    talk(root, (cast.ada, cast.bruno), 5)
    later(minutes=59)
    assert queries.exchange(root.id, clock.now()).answers == 5
    later(minutes=60)
    assert queries.exchange(root.id, clock.now()).answers == 0

"""A newcomer's reply waits for a moderator, and nobody else sees it before."""

import re

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import holdings, log
from forum.core.db import session
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, moving
from forum.threads.models import Reply
from forum.waiting import actions, queries
from forum.waiting.models import APPROVED, FIRST, LINK, REFUSED, WAITING, Waiting
from tests import make
from tests.threads.sending import followed, form_of, send
from tests.together import at_once

LINKED = "Read [this](https://example.org/much)."


@pytest.fixture(autouse=True)
def careful(app, monkeypatch):
    monkeypatch.setitem(app.config, "NEWCOMERS", "wait")


@pytest.fixture
def links(app, careful, monkeypatch):
    monkeypatch.setitem(app.config, "NEWCOMERS", "links")


def say(by, thread, text="A word that hides.", **more):
    return actions.reply(thread, make.words(text), by=by, form_key=more.pop("form_key", text), **more)


def waiting():
    return session().scalars(select(Waiting).order_by(Waiting.id)).all()


def replies():
    return session().scalar(select(func.count()).select_from(Reply))


def test_a_first_reply_waits_and_is_nowhere_but_with_its_author_and_moderators(cast, thread, visitor, browser_of):
    ada, bruno, carla = map(browser_of, (cast.ada, cast.bruno, cast.carla))
    sent = send(
        ada, ada.get(f"/threads/{thread.id}-{thread.slug}"), theme="mistrust", kind="lived", body="A word that hides."
    )
    page = followed(ada, sent)
    assert page.status_code == 200
    assert "Your reply waits for a moderator" in page.text
    assert "That is not about you." in page.text
    assert "A word that hides." in page.text
    address = page.request.path
    assert 'href="/waiting">Waiting (1)</a>' in ada.get("/about").text
    assert "A word that hides." in carla.get(address).text
    assert "A word that hides." in carla.get("/waiting").text
    for client in (visitor, bruno, ada, carla):
        for path in (
            "/",
            f"/threads/{thread.id}",
            "/themes/mistrust",
            "/members/ada",
            "/search?q=hides",
            "/feeds/forum.atom",
        ):
            assert "A word that hides." not in client.get(path, follow_redirects=True).text, path
    assert bruno.get(address).status_code == 404
    assert "A word that hides." not in bruno.get("/waiting").text
    assert (thread.reply_count, replies()) == (0, 0)


def test_a_moderator_lets_it_stand_and_the_next_one_waits_no_more(cast, thread, browser_of, visitor):
    say(cast.ada, thread)
    carla = browser_of(cast.carla)
    assert f'action="/waiting/{waiting()[0].id}/approve"' in carla.get(f"/waiting/{waiting()[0].id}").text
    answer = carla.post(f"/waiting/{waiting()[0].id}/approve", headers={"Origin": "http://localhost"})
    assert answer.headers["Location"] == "/waiting"
    assert "A word that hides." in visitor.get(f"/threads/{thread.id}", follow_redirects=True).text
    assert visitor.get("/feeds/forum.atom").text.count("A word that hides.")
    one = waiting()[0]
    assert (one.state, one.source, one.html) == (APPROVED, "", "")
    assert session().get_one(Member, cast.ada.id).waiting_count == 0
    assert isinstance(say(cast.ada, thread, "Another."), Reply)
    shown = visitor.get("/moderation/log").text
    assert "let it stand" in shown
    assert not re.search(r"\bada\b", shown)


def test_it_is_given_back_with_a_reason_that_its_author_reads_and_the_words_stay(cast, thread, browser_of):
    say(cast.ada, thread)
    carla, ada = browser_of(cast.carla), browser_of(cast.ada)
    address = f"/waiting/{waiting()[0].id}"
    assert send(carla, carla.get(address), reason="").status_code == 422
    assert send(carla, carla.get(address), reason="It names a neighbour.").status_code == 303
    page = ada.get(address).text
    assert "It names a neighbour." in page
    assert ">A word that hides.</textarea>" in page
    assert waiting()[0].state == REFUSED
    assert replies() == 0
    assert isinstance(say(cast.ada, thread, "Anew."), Waiting), "whoever was refused is still new"
    assert ada.post(f"{address}/withdraw", headers={"Origin": "http://localhost"}).status_code == 303
    assert [one.source for one in waiting()] == ["Anew."]


def test_an_answer_waits_too_and_stands_where_it_belongs(cast, thread):
    root = make.reply(cast.carla, thread)
    held = actions.answer(root, make.words("I hear you."), by=cast.ada, form_key="k")
    assert (held.answers_id, held.cause) == (root.id, FIRST)
    made = actions.approve(held, by=cast.dario)
    assert (made.root_id, made.author_id, made.source) == (root.id, cast.ada.id, "I hear you.")


def test_the_words_of_the_essay_that_it_is_about_come_along(cast, thread):
    words = make.words("So it is.", passage=2, quote="sees only")
    made = actions.approve(actions.reply(thread, words, by=cast.ada, form_key="k"), by=cast.carla)
    assert made.passage_id == make.passage_id(2)
    assert made.place > 0


def test_a_form_sent_twice_waits_once_and_never_becomes_two_replies(app, cast, thread):
    ada = cast.ada.id
    at_once(app, *[lambda: say(session().get_one(Member, ada), make.essay_thread())] * 3)
    assert len(waiting()) == 1
    made = actions.approve(waiting()[0], by=cast.carla)
    assert say(cast.ada, thread).reply_id == made.id
    assert replies() == 1


def test_of_two_moderators_who_decide_at_once_the_second_is_told(app, cast, thread):
    number, carla, dario = say(cast.ada, thread).id, cast.carla.id, cast.dario.id

    def approve():
        return actions.approve(session().get_one(Waiting, number), by=session().get_one(Member, carla)).id

    def refuse():
        actions.refuse(session().get_one(Waiting, number), reason="No.", by=session().get_one(Member, dario))

    told = [answer for answer in at_once(app, approve, refuse) if isinstance(answer, Refused)]
    assert [str(answer) for answer in told] == ["Somebody has decided about this reply already."]
    one = waiting()[0]
    assert (one.state, replies()) in {(APPROVED, 1), (REFUSED, 0)}
    assert log.verify().entries == 1


def test_what_cannot_stand_any_more_goes_on_waiting_and_says_why(cast, thread, browser_of):
    own = make.thread(cast.carla)
    say(cast.ada, own)
    keeping.lock(own, reason="We sleep over it.", by=cast.carla)
    carla, address = browser_of(cast.carla), f"/waiting/{waiting()[0].id}"
    answer = carla.post(f"{address}/approve", headers={"Origin": "http://localhost"})
    assert (answer.status_code, "This thread is locked: We sleep over it." in answer.text) == (403, True)
    assert waiting()[0].state == WAITING
    keeping.unlock(own, reason="Morning.", by=cast.carla)
    moving.merge_thread(own, into=thread, reason="One.", by=cast.carla)
    assert actions.approve(waiting()[0], by=cast.carla).thread_id == thread.id


@pytest.mark.usefixtures("links")
def test_links_wait_until_a_first_reply_has_stood_for_a_day(cast, thread, later):
    assert isinstance(say(cast.ada, thread, "A first word."), Reply)
    held = say(cast.ada, thread, LINKED)
    assert held.cause == LINK
    own = session().scalars(select(Reply)).one()
    with pytest.raises(Refused, match="once a first reply of yours"):
        changing.edit(own, kind="lived", source=LINKED, by=cast.ada)
    with pytest.raises(Refused, match="once a first reply of yours"):
        make.thread(cast.ada, text=LINKED)
    assert isinstance(say(cast.ada, thread, "@bruno, read [mine](/replies/1)."), Reply), "only what leads out waits"
    later(hours=25)
    assert isinstance(say(cast.ada, thread, f"{LINKED} Now."), Reply)


@pytest.mark.usefixtures("links")
def test_whoever_had_a_link_approved_waits_no_more(cast, thread):
    actions.approve(say(cast.ada, thread, LINKED), by=cast.carla)
    assert isinstance(say(cast.ada, thread, f"{LINKED} More."), Reply)


@pytest.mark.usefixtures("links")
def test_an_edit_that_a_link_forbids_keeps_the_text(cast, thread, browser_of):
    own, ada = say(cast.ada, thread, "A first word."), browser_of(cast.ada)
    answer = send(ada, ada.get(f"/replies/{own.id}/edit"), body=LINKED)
    assert "Links can stand in your texts once" in answer.text
    assert form_of(answer, "body").fields["body"] == LINKED


@pytest.mark.one_database
def test_whoever_keeps_something_never_waits_and_in_an_open_forum_nobody_does(cast, thread, app, monkeypatch):
    for keeper in (cast.carla, cast.dario, cast.elena):
        assert isinstance(say(keeper, thread, f"{LINKED} {keeper.name}"), Reply)
    monkeypatch.setitem(app.config, "NEWCOMERS", "open")
    assert isinstance(say(cast.ada, thread, LINKED), Reply)


@pytest.mark.one_database
def test_whoever_has_not_been_read_opens_no_thread(cast, thread, browser_of):
    ada = browser_of(cast.ada)
    page = ada.get("/threads/new")
    assert (page.status_code, "please reply somewhere" in page.text) == (403, True)
    with pytest.raises(Refused, match="please reply somewhere"):
        make.thread(cast.ada)
    actions.approve(say(cast.ada, thread), by=cast.carla)
    assert make.thread(cast.ada).author_id == cast.ada.id


def test_at_most_three_wait_at_a_time(cast, thread):
    for number in range(3):
        say(cast.ada, thread, f"Word {number}.")
    with pytest.raises(Refused, match="are waiting already"):
        say(cast.ada, thread, "One more.")


@pytest.mark.usefixtures("links")
def test_the_first_day_has_a_measure_that_says_when_one_can_go_on(cast, thread, later, app):
    for number in range(10):
        say(cast.ada, thread, f"Word {number}.")
    with pytest.raises(actions.FirstDay) as told:
        say(cast.ada, thread, "One more.")
    assert told.value.sentence.endswith("You can go on in 24 hours.")
    assert replies() == 10
    assert isinstance(say(cast.bruno, thread, "Another account."), Reply)
    later(hours=25)
    assert isinstance(say(cast.ada, thread, "The next day."), Reply)


def test_the_usual_wait_is_known_from_what_was_decided(cast, thread, later, browser_of):
    assert queries.usual_hours() is None
    first, second = say(cast.ada, thread), say(cast.bruno, thread)
    later(hours=2)
    actions.approve(first, by=cast.carla)
    later(hours=4)
    actions.refuse(second, reason="No.", by=cast.carla)
    assert queries.usual_hours() == 3
    say(cast.bruno, thread, "Anew.")
    assert "about 3 hours" in browser_of(cast.bruno).get("/waiting").text


def test_what_was_decided_is_gone_after_a_month(cast, thread, later):
    first, second = say(cast.ada, thread), say(cast.bruno, thread)
    actions.refuse(first, reason="No.", by=cast.carla)
    later(days=31)
    list(holdings.keep())
    assert [one.id for one in waiting()] == [second.id]
    assert session().get_one(Member, cast.ada.id).waiting_count == 0

"""Mentions: a link to the member, told once, to a few."""

import pytest
from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.core import markdown, pace
from forum.core.db import session
from forum.core.pace import Pace
from forum.core.rules import Refused
from forum.threads.actions import changing, keeping, mentioning, moving, opening
from forum.threads.models import Mention, Reply
from forum.threads.signals import mentioned
from forum.threads.views import mentioning as views
from tests import make
from tests.cast import person
from tests.threads.sending import form_of, send
from tests.threads.test_races import replier
from tests.together import at_once

CROWD = "A text mentions at most 5 people. Take the @ from some of the names."


@pytest.fixture
def told():
    """Return the list of (id of the text, ids of those who were told), as it grows."""
    heard: list[tuple[int, list[int]]] = []

    def hear(text, *, members, **_rest):
        heard.append((text.id, members))

    with mentioned.connected_to(hear):
        yield heard


def noted() -> list[int]:
    return list(session().scalars(select(Mention.member_id).order_by(Mention.member_id)))


def test_a_mention_is_a_link_and_tells_the_member(cast, thread, told):
    made = make.reply(cast.ada, thread, "I agree with @Bruno.")
    assert '<a href="/members/bruno" rel="nofollow ugc noopener">@Bruno</a>' in made.html
    assert made.renderer == markdown.RENDERER
    assert told == [(made.id, [cast.bruno.id])]
    assert noted() == [cast.bruno.id]


def test_an_answer_and_an_opening_text_mention_too(cast, thread, told):
    answer = make.answer(cast.ada, make.reply(cast.bruno, thread), "Look, @carla and @dario.")
    own = make.thread(cast.ada, text="# For @bruno")
    assert told == [(answer.id, [cast.carla.id, cast.dario.id]), (own.id, [cast.bruno.id])]
    assert '<h2>For <a href="/members/bruno"' in own.html


@pytest.mark.one_database
@pytest.mark.parametrize("text", ["@nobody", "bruno@example.org", "`@bruno`", "> @bruno", "@all @here", "@ada"])
def test_these_tell_nobody(cast, thread, told, text):
    make.reply(cast.ada, thread, text)
    assert (told, noted()) == ([], [])


def test_a_word_for_everybody_is_not_the_name_that_looks_like_it(cast, thread, told):
    ali = person("ali")
    session().commit()
    made = make.reply(cast.ada, thread, "@all, listen to @Ali.")
    assert told == [(made.id, [ali.id])]
    assert "@all, listen" in made.html


def test_the_link_is_that_of_the_name_as_the_member_wrote_it(cast):
    person("zoë")
    session().commit()
    assert 'href="/members/zo%C3%AB"' in mentioning.written("@Zoe").html


def test_all_names_are_found_by_one_statement(cast, statements):
    with statements() as found:
        mentioning.written("@ada, @bruno, @carla, @nobody: @elena")
    assert len(found) == 1
    with statements() as found:
        mentioning.written("Nobody, by ada@example.org.")
    assert found == []


def test_an_edit_tells_only_those_who_were_not_mentioned_before(cast, thread, told):
    made = make.reply(cast.ada, thread, "@bruno")
    for text in ("@bruno and @carla", "nobody", "@carla, @bruno", "@dario"):
        changing.edit(made, kind="thinking", source=text, by=cast.ada)
    assert [members for _id, members in told] == [[cast.bruno.id], [cast.carla.id], [cast.dario.id]]
    own = make.thread(cast.ada, text="@bruno")
    opening.edit_thread(own, title="A title", source="@bruno, @carla", by=cast.ada)
    assert told[-2:] == [(own.id, [cast.bruno.id]), (own.id, [cast.carla.id])]


def test_an_opening_text_that_became_a_reply_tells_nobody_again(cast, told):
    source, into = make.thread(cast.ada, text="@bruno"), make.thread(cast.bruno)
    moving.merge_thread(source, into=into, reason="The same.", by=cast.carla)
    reply = session().execute(select(Reply)).scalar_one()
    assert 'href="/members/bruno"' in reply.html
    changing.edit(reply, kind="thinking", source="@bruno again", by=cast.ada)
    assert len(told) == 1


def test_to_withdraw_and_bring_back_tells_nobody_again(cast, thread, told):
    made = make.reply(cast.ada, thread, "@bruno")
    changing.withdraw(made, by=cast.ada)
    changing.bring_back(made, by=cast.ada)
    assert len(told) == 1


def test_to_hide_and_restore_tells_nobody_again(cast, thread, told):
    made = make.reply(cast.ada, thread, "@bruno")
    keeping.hide_reply(made, reason="Off.", by=cast.carla)
    keeping.restore_reply(made, reason="On.", by=cast.carla)
    assert len(told) == 1


def crowd(count: int) -> str:
    names = [person(f"voice{n}").name for n in range(count)]
    session().commit()
    return " ".join(f"@{name}" for name in names)


def test_five_people_can_be_mentioned_and_nobody_is_told_of_a_sixth(cast, thread, told):
    text = crowd(5)
    make.reply(cast.ada, thread, f"{text} {text} @nobody")
    assert len(told[0][1]) == 5
    with pytest.raises(Refused, match="at most 5 people"):
        make.reply(cast.ada, thread, f"{text} @bruno")
    assert (len(told), len(noted())) == (1, 5)


def test_whoever_mentions_too_many_is_told_beside_the_text_and_keeps_it(cast, thread, browser_of):
    ada, text = browser_of(cast.ada), crowd(6)
    own, reply = make.thread(cast.ada), make.reply(cast.ada, thread)
    asked = [
        (f"/threads/{thread.id}-{thread.slug}", {"theme": "mistrust", "kind": "lived"}),
        (f"/replies/{reply.id}/answers", {"kind": "lived"}),
        (f"/replies/{reply.id}/edit", {}),
        (f"/threads/{own.id}-{own.slug}/edit", {}),
        ("/threads/new?theme=mistrust", {"title": "For six"}),
    ]
    for path, filled in asked:
        sent = send(ada, ada.get(path), body=text, **filled)
        assert (sent.status_code, CROWD in sent.text) == (422, True), path
        assert form_of(sent, "body").fields["body"] == text


@pytest.mark.one_database
def test_a_preview_shows_the_links(cast, browser_of):
    shown = browser_of(cast.ada).post("/threads/preview", data={"body": "@bruno"}).text
    assert 'href="/members/bruno"' in shown


def test_a_form_that_is_sent_twice_at_once_tells_once(app, cast, thread, told):
    write = replier(thread.id, cast.ada.id, "one", "@bruno")
    first, second = at_once(app, write, write)
    assert first == second
    assert (noted(), len(told)) == ([cast.bruno.id], 1)


# Who is offered while one types.


def offered(client, start, thread=None):
    return client.get("/threads/members", query_string={"q": start, **({"thread": thread.id} if thread else {})}).json


def test_names_are_offered_by_their_first_letters_first_those_of_the_thread(cast, thread, browser_of):
    near, far = person("Bea"), person("Ba")
    session().commit()
    make.reply(far, make.thread(cast.ada))
    make.reply(near, thread)
    make.reply(cast.bruno, thread)
    ada = browser_of(cast.ada)
    assert offered(ada, "b", thread) == ["Bea", "bruno", "Ba"]
    assert offered(ada, "B") == ["Ba", "Bea", "bruno"]
    assert offered(ada, "BÉ") == ["Bea"]
    assert offered(ada, "", thread) == ["Bea", "bruno"]
    assert offered(ada, "") == []
    assert offered(ada, "%") == offered(ada, "xyz") == []


@pytest.mark.parametrize("name", ["Bernardo", "Arne", "Savva", "ali"])
def test_each_letter_that_one_types_keeps_the_name_in_the_list(cast, thread, browser_of, name):
    make.reply(person(name), thread)
    ada = browser_of(cast.ada)
    assert [offered(ada, name[:length]) for length in range(1, len(name) + 1)] == [[name]] * len(name)


def test_whoever_only_reads_and_oneself_are_not_offered(cast, thread, browser_of):
    make.reply(cast.bruno, thread)
    assert offered(browser_of(cast.bruno), "b", thread) == []
    assert offered(browser_of(cast.ada), "c") == []


def test_who_wrote_in_a_hidden_thread_is_not_told(cast, browser_of):
    own = make.thread(cast.ada)
    make.reply(cast.bruno, own)
    keeping.hide_thread(own, reason="Off.", by=cast.carla)
    assert offered(browser_of(cast.elena), "", own) == []
    assert offered(browser_of(cast.carla), "", own) == ["bruno"]


@pytest.mark.parametrize("thread_id", ["-99999999999", "99999999999999999999", "x", ""])
def test_an_odd_thread_is_none(cast, browser_of, thread_id):
    assert browser_of(cast.ada).get(f"/threads/members?q=b&thread={thread_id}").json == []


def test_at_most_eight_are_offered_and_nothing_but_their_names(cast, thread, browser_of, statements):
    for number in range(12):
        make.reply(person(f"voice{number}"), thread)
    ada, path = browser_of(cast.ada), f"/threads/members?q=v&thread={thread.id}"
    with statements() as found:
        answer = ada.get(path)
    assert len(found) == 2  # who asks, and who is meant
    assert (len(answer.json), {type(name) for name in answer.json}) == (8, {str})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.one_database
def test_names_are_offered_to_members_only(cast, thread, visitor):
    make.reply(cast.bruno, thread)
    assert "bruno" not in visitor.get("/threads/members?q=b").text


def test_whoever_asks_too_fast_is_offered_nothing_for_a_while(cast, thread, browser_of, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(pace, "monotonic", lambda: now[0])
    monkeypatch.setattr(views, "PACE", Pace(2, seconds=60))
    make.reply(cast.bruno, thread)
    ada, elena = browser_of(cast.ada), browser_of(cast.elena)
    assert [ada.get("/threads/members?q=b").status_code for _ in range(3)] == [200, 200, 429]
    assert elena.get("/threads/members?q=b").json == ["bruno"]
    now[0] += 60
    assert offered(ada, "b") == ["bruno"]


def test_a_name_is_called_whatever_its_case(cast):
    assert {word: row.name for word, row in accounts.called(["ADA", "a.d.a", "all", "nobody"]).items()} == {
        "ADA": "ada",
        "a.d.a": "ada",
    }

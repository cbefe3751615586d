"""Journeys of those who write, page by page, without JavaScript: what they wrote is shown, or given back with a reason."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from forum.core.db import session
from forum.core.limits import LIMITS
from forum.essays.actions import publish
from forum.threads.actions import changing, keeping
from forum.threads.models import Reply, Thread
from tests import make
from tests.threads.many import many
from tests.threads.sending import FROM_HERE, followed, form_of, options, send

pytestmark = pytest.mark.one_database

MINE = "Words that I thought over for an hour."


def replies() -> int:
    return session().execute(select(func.count()).select_from(Reply)).scalar_one()


def place(thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


@pytest.fixture
def bruno(cast, browser_of):
    return browser_of(cast.bruno)


def test_a_member_replies_to_the_essay_and_lands_on_the_reply(thread, bruno):
    sent = send(bruno, bruno.get(place(thread)), theme="mistrust", kind="lived", body=f"*{MINE}*")
    made = session().execute(select(Reply)).scalar_one()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/replies/{made.id}")
    assert bruno.get(sent.headers["Location"]).headers["Location"] == f"{place(thread)}#r{made.id}"
    page = followed(bruno, sent).text
    assert f'id="r{made.id}"' in page
    assert f"<em>{MINE}</em>" in page
    assert "lived this" in page


@pytest.mark.parametrize(("filled", "why"), [
    ({"theme": "", "kind": "lived", "body": MINE}, "Please choose the theme that this belongs under."),
    ({"theme": "other", "kind": "lived", "body": MINE}, "Not a valid choice."),
    ({"theme": "mistrust", "kind": "", "body": MINE}, "Please say how you speak: it tells others how to listen."),
    ({"theme": "mistrust", "kind": "shouting", "body": MINE}, "Not a valid choice."),
    ({"theme": "mistrust", "kind": "lived", "body": f"{MINE}{'x' * 4963}"}, "This is 1 characters too long"),
    ({"theme": "mistrust", "kind": "lived", "body": " \n\u202e\x00 "}, "Please fill this in."),
])  # fmt: skip
def test_what_is_missing_is_said_and_what_was_written_stays(thread, bruno, filled, why):
    sent = send(bruno, bruno.get(place(thread)), **filled)
    assert sent.status_code == 422
    assert why in sent.text
    assert 'role="alert"' in sent.text
    if filled["body"].strip().startswith(MINE):
        assert form_of(sent, "body", "theme").fields["body"] == filled["body"]
    assert replies() == 0


def test_after_a_mistake_the_same_form_goes_through(thread, bruno):
    first = bruno.get(place(thread))
    again = send(bruno, first, theme="", kind="lived", body=MINE)
    assert (
        form_of(again, "form_key", "kind").fields["form_key"] == form_of(first, "form_key", "kind").fields["form_key"]
    )
    assert send(bruno, again, theme="mistrust").status_code == 303
    assert replies() == 1


@pytest.mark.parametrize(("passage", "offered", "given"), [
    ("p1", [], "polarization"),
    ("p2", ["", "polarization", "mistrust"], ""),
    ("p4", ["", "polarization", "mistrust"], ""),
])  # fmt: skip
def test_a_passage_brings_its_themes(thread, bruno, passage, offered, given):
    page = bruno.get(f"{place(thread)}?passage={passage}")
    assert options(page, "theme") == offered
    assert form_of(page, "passage", "body").fields["passage"] == passage
    assert form_of(page, "passage", "body").fields["theme"] == given


def test_a_reply_to_a_passage_stands_at_it(thread, bruno):
    page = bruno.get(f"{place(thread)}?passage=p1")
    send(bruno, page, kind="asking", body=MINE)
    made = session().execute(select(Reply)).scalar_one()
    assert (made.passage_id, made.theme.key, made.edition) == (make.passage_id(1), "polarization", 1)
    assert MINE in bruno.get(f"{place(thread)}?passage=p1").text
    assert MINE not in bruno.get(f"{place(thread)}?passage=p2").text
    assert "1 voice here" in bruno.get(place(thread)).text


def test_a_theme_that_the_passage_does_not_carry_is_no_choice(thread, bruno):
    page = bruno.get(f"{place(thread)}?passage=p3")
    assert send(bruno, page, theme="polarization", kind="lived", body=MINE).status_code == 303
    assert session().execute(select(Reply)).scalar_one().theme.key == "mistrust"


def test_a_preview_shows_and_stores_nothing(thread, bruno):
    page = bruno.get(f"{place(thread)}?passage=p2")
    seen = send(bruno, page, preview=True, theme="mistrust", kind="differing", body=f"**{MINE}** <b>")
    assert seen.status_code == 200
    assert f"<strong>{MINE}</strong> &lt;b&gt;" in seen.text
    kept = form_of(seen, "body", "passage").fields
    assert (kept["body"], kept["kind"], kept["passage"]) == (f"**{MINE}** <b>", "differing", "p2")
    assert replies() == 0
    assert send(bruno, seen, theme="mistrust", body=kept["body"]).status_code == 303


def test_a_lock_that_came_first_is_explained_and_the_text_stays(cast, thread, bruno):
    page = bruno.get(place(thread))
    make.locked(thread, cast.carla)
    sent = send(bruno, page, theme="mistrust", kind="lived", body=MINE)
    assert sent.status_code == 403
    assert "This thread is locked: We sleep over it." in sent.text
    assert f"readonly>{MINE}</textarea>" in sent.text
    assert replies() == 0


def test_in_a_locked_thread_the_reason_stands_where_the_form_was(cast, thread, bruno, visitor):
    make.locked(thread, cast.carla)
    for client in (bruno, visitor):
        page = client.get(place(thread)).text
        assert 'name="body"' not in page
        assert "We sleep over it." in page


def test_a_visitor_is_told_to_log_in_and_comes_back(thread, visitor):
    page = visitor.get(place(thread)).text
    assert 'name="body"' not in page
    assert f'href="/login?next={place(thread)}"' in page


def test_what_was_written_in_a_session_that_ended_is_given_back(thread, bruno):
    page = bruno.get(place(thread))
    bruno.delete_cookie("forum")
    sent = send(bruno, page, theme="mistrust", kind="lived", body=MINE)
    assert sent.status_code == 401
    assert MINE in sent.text
    assert replies() == 0


def test_who_writes_very_often_keeps_the_text(thread, bruno):
    for number in range(LIMITS["reply"].most):
        assert (
            send(bruno, bruno.get(place(thread)), theme="mistrust", kind="lived", body=f"{number}").status_code == 303
        )
    sent = send(bruno, bruno.get(place(thread)), theme="mistrust", kind="lived", body=MINE)
    assert sent.status_code == 429
    assert 0 < int(sent.headers["Retry-After"]) <= 600
    assert form_of(sent, "body", "theme").fields["body"] == MINE
    assert replies() == LIMITS["reply"].most


def test_a_thread_that_went_gives_back_what_was_written(cast, bruno):
    thread = make.thread(cast.ada)
    page = bruno.get(place(thread))
    keeping.hide_thread(thread, reason="Not here.", by=cast.carla)
    sent = send(bruno, page, kind="lived", body=MINE)
    assert sent.status_code == 404
    assert f"readonly>{MINE}</textarea>" in sent.text


def test_a_passage_that_a_new_edition_left_out_does_not_take_the_reply_with_it(thread, bruno):
    page = bruno.get(f"{place(thread)}?passage=p1")
    publish(replace(make.ESSAY, passages=make.ESSAY.passages[1:], themes=()), by=None)
    again = send(bruno, page, kind="", body=MINE)
    assert (again.status_code, form_of(again, "body", "theme").fields["body"]) == (422, MINE)
    sent = send(bruno, again, theme="polarization", kind="lived")
    assert sent.status_code == 303
    assert session().execute(select(Reply)).scalar_one().passage_id is None


def test_the_pages_of_a_long_thread_can_be_reached_from_a_form_that_came_back(cast, thread, bruno):
    many(thread, cast.ada, 60)
    again = send(bruno, bruno.get(place(thread)), theme="", kind="lived", body=MINE)
    further = again.text.partition('rel="next" href="')[2].partition("#")[0]
    assert followed(bruno, bruno.get(further)).status_code == 200
    assert followed(bruno, bruno.get(further)).text.count('class="reply"') == 10


@pytest.mark.every_database
def test_a_member_answers_and_the_answer_names_no_theme(cast, thread, bruno):
    root = make.reply(cast.ada, thread, passage=2)
    page = bruno.get(f"/replies/{root.id}/answers")
    assert options(page, "theme") == []
    sent = send(bruno, page, kind="asking", body=MINE)
    made = session().execute(select(Reply).where(Reply.root_id == root.id)).scalar_one()
    assert (sent.status_code, made.passage_id, made.theme_id) == (303, root.passage_id, root.theme_id)
    assert MINE in followed(bruno, sent).text


@pytest.mark.parametrize("state", ["withdrawn", "hidden", "thread hidden"])
def test_an_answer_to_what_went_meanwhile_is_given_back(cast, bruno, state):
    thread = make.thread(cast.ada)
    root = make.reply(cast.ada, thread)
    page = bruno.get(f"/replies/{root.id}/answers")
    if state == "withdrawn":
        changing.withdraw(root, by=cast.ada)
    elif state == "hidden":
        keeping.hide_reply(root, reason="Not here.", by=cast.carla)
    else:
        keeping.hide_thread(thread, reason="Not here.", by=cast.carla)
    sent = send(bruno, page, kind="asking", body=MINE)
    assert sent.status_code == (404 if state == "thread hidden" else 403)
    assert f"readonly>{MINE}</textarea>" in sent.text
    assert replies() == 1


def test_an_answer_to_what_never_was_is_given_back(bruno):
    sent = bruno.post("/replies/2000000000/answers", data={"kind": "asking", "body": MINE}, headers=FROM_HERE)
    assert sent.status_code == 404
    assert MINE in sent.text


def test_a_form_from_elsewhere_is_given_nothing_back(bruno):
    sent = bruno.post("/replies/2000000000/answers", data={"body": MINE}, headers={"Origin": "https://evil.example"})
    assert MINE not in sent.text


def test_an_answer_is_previewed_and_mended_like_a_reply(cast, thread, bruno):
    root = make.reply(cast.ada, thread)
    seen = send(bruno, bruno.get(f"/replies/{root.id}/answers"), preview=True, kind="lived", body=f"*{MINE}*")
    assert f"<em>{MINE}</em>" in seen.text
    again = send(bruno, seen, kind="")
    assert (again.status_code, form_of(again, "body").fields["body"]) == (422, f"*{MINE}*")
    assert replies() == 1


@pytest.mark.every_database
def test_a_member_opens_a_thread_under_a_theme(bruno):
    page = bruno.get("/threads/new?theme=mistrust")
    assert '<option selected value="mistrust">' in page.text
    again = send(bruno, page, theme="mistrust", title="", body=MINE)
    assert (again.status_code, form_of(again, "title").fields["body"]) == (422, MINE)
    seen = send(bruno, again, preview=True, theme="mistrust", title="A bench", body=f"*{MINE}*")
    assert f"<em>{MINE}</em>" in seen.text
    sent = send(bruno, seen, theme="mistrust")
    made = session().execute(select(Thread).where(Thread.theme_id.is_not(None))).scalar_one()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/threads/{made.id}-a-bench")
    assert f"<em>{MINE}</em>" in bruno.get(sent.headers["Location"]).text


def test_who_opens_threads_very_often_keeps_the_text(bruno):
    for number in range(LIMITS["thread"].most + 1):
        sent = send(bruno, bruno.get("/threads/new"), theme="mistrust", title=f"{number}", body=MINE)
    assert (sent.status_code, form_of(sent, "title").fields["body"]) == (429, MINE)

"""Replies to the words of a passage: written, shown, and carried into every new edition."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from forum.core import background
from forum.core.db import session
from forum.essays.actions import publish
from forum.essays.anchors import MOVED, ORPHAN, PLACED
from forum.threads.actions import changing, keeping, moving, placing
from forum.threads.actions.quoting import LONGEST, WordsLost
from forum.threads.models import Anchor, Placement, Reply, Seeking
from forum.threads.places import NOWHERE
from tests import make
from tests.page_forms import forms
from tests.threads.sending import form_of, send
from tests.together import at_once

ONE, TWO, THREE, FOUR = make.ESSAY.passages
MINE = "Words that I thought over for an hour."
SECOND = (ONE, "Whoever stands on one bank perhaps sees only the other one's back.", "Nobody jumps.", FOUR)


def place(thread, **query) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/threads/{thread.id}-{thread.slug}{'?' if asked else ''}{asked}"


def edition(*passages, **changed):
    return publish(replace(make.ESSAY, passages=passages, themes=(), **changed), by=None)


def placements(number: int) -> dict[int, tuple[str, int | None, int, int]]:
    found = session().scalars(select(Placement).where(Placement.edition == number))
    return {p.reply_id: (p.state, p.passage_id, p.start, p.end) for p in found}


def places(*replies) -> list[int]:
    return [session().get_one(Reply, reply.id).place for reply in replies]


@pytest.fixture
def bruno(cast, browser_of):
    return browser_of(cast.bruno)


def test_the_words_of_a_reply_are_kept_as_its_author_read_them(cast, thread):
    reply = make.reply(cast.ada, thread, passage=2, quote="stands  on\none bank sees")
    anchor = session().get_one(Anchor, reply.id)
    assert (anchor.exact, anchor.start, anchor.end, anchor.edition) == ("stands on one bank sees", 8, 31, 1)
    assert (anchor.prefix, anchor.suffix) == ("Whoever ", TWO[31:63])
    assert placements(1) == {reply.id: (PLACED, make.passage_id(2), 8, 31)}


def test_replies_stand_along_the_essay(cast, thread):
    said = [
        make.reply(cast.ada, thread, passage=2, quote="only"),
        make.reply(cast.ada, thread, passage=2),
        make.reply(cast.ada, thread, passage=1),
        make.reply(cast.ada, thread),
        make.reply(cast.ada, make.thread(cast.ada)),
    ]
    assert places(*said) == [1_000_000 + TWO.index("only"), 1_000_000, 0, NOWHERE, NOWHERE]
    assert places(make.answer(cast.bruno, said[0])) == [NOWHERE]
    edition("A word before.", *make.ESSAY.passages[1:], ONE)
    assert places(*said) == [1_000_000 + TWO.index("only"), 1_000_000, 4_000_000, NOWHERE, NOWHERE]
    edition("A word before.", ONE)
    assert places(*said) == [NOWHERE, NOWHERE, 1_000_000, NOWHERE, NOWHERE]


def test_a_new_edition_leaves_each_quotation_in_one_state_and_says_which(cast, thread, visitor):
    said = {
        PLACED: make.reply(cast.ada, thread, passage=1, quote="both banks"),
        MOVED: make.reply(cast.ada, thread, passage=2, quote="stands on one bank sees only"),
        ORPHAN: make.reply(cast.ada, thread, passage=3, quote="a little fear"),
    }
    edition(*SECOND)
    found = placements(2)
    assert {state: found[reply.id][0] for state, reply in said.items()} == {state: state for state in said}
    assert places(*said.values()) == [ONE.index("both banks"), 1_000_000 + 8, 2_000_000]
    page = visitor.get(place(thread)).text
    assert page.count("The text changed here since.") == page.count("About an earlier wording.") == 1
    assert "stands on one bank sees only</a>" in page
    assert "<p>a little fear</p>" in page
    assert f'href="/threads/{thread.id}/editions/2?since=1"' in page
    assert (
        '<mark id="words">stands on one bank perhaps sees only</mark>'
        in visitor.get(place(thread, words=said[MOVED].id)).text
    )
    assert "<mark" not in visitor.get(place(thread, words=said[ORPHAN].id)).text
    edition(*make.ESSAY.passages)
    assert {state for state, *_ in placements(3).values()} == {PLACED}, "words that came back"
    assert {state for state, *_ in found.values()} == {PLACED, MOVED, ORPHAN}
    assert session().scalars(select(Anchor.edition).distinct()).all() == [1]


def test_words_that_went_to_another_passage_are_shown_there_and_the_reply_stays(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, MINE, passage=1, quote="built from both banks at once")
    edition("New words at the head of it.", TWO, THREE, f"They said: it is {ONE[12:]}")
    assert placements(2)[reply.id][:2] == (MOVED, make.passage_id(4))
    assert session().get_one(Reply, reply.id).passage_id == make.passage_id(1)
    assert places(reply) == [3_000_017]
    assert f'words={reply.id}#p4">built from both banks at once</a>' in visitor.get(place(thread, passage="p1")).text


@pytest.fixture
def many_words(cast, thread, monkeypatch):
    """Let there be more quotations than are placed at once."""
    monkeypatch.setattr(placing, "FEW", 3)
    monkeypatch.setattr(placing, "BATCH", 2)
    return [make.reply(cast.ada, thread, passage=1, quote="both banks") for _ in range(7)]


def seeking() -> Seeking | None:
    session().rollback()
    return session().scalar(select(Seeking))


def test_many_are_placed_in_steps_that_can_be_broken_off(cast, app, thread, many_words, visitor):
    edition("Before.", *make.ESSAY.passages)
    assert placements(2) == {}
    page = visitor.get(place(thread)).text
    assert page.count("The text changed; finding these words again.") == 7
    assert "<p>both banks</p>" in page
    assert next(placing.go_on()) == (2, 7)
    assert len(placements(2)) == 2
    assert "2 of 7" in visitor.get(f"{place(thread)}/editions").text
    meanwhile = make.reply(cast.bruno, thread, passage=1, quote="both banks")
    assert list(placing.go_on()) == [(4, 7), (6, 7), (7, 7)]
    assert set(placements(2)) == {reply.id for reply in (*many_words, meanwhile)}
    assert seeking() is None
    assert "finding these words" not in visitor.get(place(thread)).text
    assert list(placing.go_on()) == []
    assert places(*many_words) == [1_000_000 + ONE.index("both")] * 7


def test_several_processes_place_each_quotation_once(app, many_words):
    edition("Before.", *make.ESSAY.passages)
    told = at_once(app, *[lambda: list(placing.go_on())] * 3)
    assert not [fault for fault in told if isinstance(fault, Exception)]
    assert len(placements(2)) == 7
    assert seeking() is None


def test_the_next_edition_takes_over(app, many_words):
    edition("Before.", *make.ESSAY.passages)
    steps = placing.go_on()
    next(steps)
    edition(*make.ESSAY.passages)
    list(steps)
    assert len(placements(2)) == 2
    assert len(placements(3)) == 7
    assert seeking() is None


def test_the_server_goes_on_by_itself_and_so_does_the_command(app, many_words):
    edition("Before.", *make.ESSAY.passages)
    background.work(app)
    assert (len(placements(2)), seeking()) == (7, None)
    edition(*make.ESSAY.passages)
    run = app.test_cli_runner().invoke
    assert "Finding quoted words" in run(args=["essay", "place"]).output
    assert "No words wait" in run(args=["essay", "place"]).output
    assert len(placements(3)) == 7


def test_a_step_that_fails_is_logged_and_leaves_the_others(app, monkeypatch, caplog):
    done = []
    monkeypatch.setattr(background, "STEPS", [lambda: 1 / 0, lambda: done.append(1)])
    background.work(app)
    assert done == [1]
    assert "A background step failed" in caplog.text


def test_a_selection_fills_the_form_and_is_sent_with_the_reply(thread, bruno, visitor):
    page = bruno.get(place(thread, passage="p2", exact="ne+bank+sees%0A+on", prefix="stands+on+o"))
    form = form_of(page, "exact", "body")
    assert (form.fields["exact"], form.fields["prefix"]) == ("one bank sees only", "Whoever stands on ")
    assert '<mark id="words">one bank sees only</mark>' in page.text
    seen = send(bruno, page, preview=True, theme="mistrust", kind="lived", body=MINE)
    again = send(bruno, seen, kind="", exact="one bank sees only")
    assert again.status_code == 422
    assert send(bruno, again, kind="lived", theme="mistrust").status_code == 303
    made = session().scalars(select(Anchor)).one()
    assert made.exact == "one bank sees only"
    shown = visitor.get(place(thread)).text
    assert f'<a href="/threads/{thread.id}?words={made.reply_id}#p2">one bank sees only</a>' in shown


@pytest.mark.one_database
@pytest.mark.parametrize("exact", ["nowhere", "x" * (LONGEST + 1), "%E2%80%8B", "b"])
def test_a_selection_that_is_not_found_is_said_before_anything_is_written(thread, bruno, exact):
    page = bruno.get(place(thread, passage="p2", exact=exact))
    assert page.status_code == 200
    assert "Your reply would now stand under the whole passage." in page.text
    assert not any(form.fields.get("exact") for form in forms(page.text, "/"))


def test_words_that_went_while_the_reply_was_written_do_not_take_it_with_them(thread, bruno):
    page = bruno.get(place(thread, passage="p3", exact="a+little+fear"))
    edition(*SECOND)
    sent = send(bruno, page, kind="lived", body=MINE)
    assert sent.status_code == 409
    assert "cannot be found here. Your reply would now stand under the whole passage." in sent.text
    kept = form_of(sent, "body", "passage").fields
    assert (kept["body"], kept["passage"], kept.get("exact")) == (MINE, "p3", None)
    assert send(bruno, sent, body=MINE).status_code == 303
    assert session().execute(select(Reply.passage_id)).all() == [(make.passage_id(3),)]


def test_a_passage_that_went_with_the_words_is_said_too(thread, bruno):
    page = bruno.get(place(thread, passage="p1", exact="both+banks"))
    edition(*make.ESSAY.passages[1:])
    sent = send(bruno, page, kind="lived", body=MINE)
    assert sent.status_code == 409
    assert "The passage that you quote is no longer in the text." in sent.text
    assert send(bruno, sent, body=MINE, theme="mistrust").status_code == 303


@pytest.mark.parametrize("quote", ["nowhere", "o", "x" * (LONGEST + 1)])
def test_the_action_itself_writes_nothing_when_the_words_are_not_there(cast, thread, quote):
    with pytest.raises(WordsLost):
        make.reply(cast.ada, thread, passage=2, quote=quote)
    session().rollback()
    assert session().scalar(select(func.count()).select_from(Reply)) == 0


def test_what_is_not_to_be_read_is_not_quoted_either(cast, thread, visitor, browser_of):
    hidden, withdrawn = (make.reply(cast.ada, thread, MINE, passage=1, quote="both banks") for _ in range(2))
    keeping.hide_reply(hidden, reason="Not here.", by=cast.carla)
    changing.withdraw(withdrawn, by=cast.ada)
    for client, sees in ((visitor, False), (browser_of(cast.bruno), False), (browser_of(cast.carla), True)):
        assert ('class="quoted"' in client.get(place(thread)).text) == sees
        assert ("<mark" in client.get(place(thread, words=hidden.id)).text) == sees
        assert "<mark" not in client.get(place(thread, words=withdrawn.id)).text


@pytest.mark.one_database
@pytest.mark.parametrize("words", ["", "0", "-1", "999999999", "9" * 30, "²", "x", "1;drop"])
def test_an_address_that_names_no_words_shows_the_text_without_marks(thread, visitor, words):
    page = visitor.get(place(thread, words=words))
    assert page.status_code == 200
    assert "<mark" not in page.text


def test_a_reply_that_is_moved_to_another_thread_takes_its_words_along(cast, thread, visitor):
    reply, root = (make.reply(cast.ada, thread, passage=2, quote="sees only") for _ in range(2))
    answer, other = make.answer(cast.bruno, root), make.thread(cast.ada)
    moving.move_reply(reply, into=other, theme=other.theme, reason="It fits there.", by=cast.carla)
    moving.move_reply(answer, into=thread, theme=other.theme, reason="It stands by itself.", by=cast.carla)
    assert places(reply, answer) == [NOWHERE, places(root)[0]]
    page = visitor.get(place(other)).text
    assert f'<a href="/threads/{thread.id}?words={reply.id}#words">sees only</a>' in page
    assert "<mark" in visitor.get(place(thread, words=reply.id)).text
    edition("Before.", *make.ESSAY.passages)
    assert placements(2)[reply.id][0] == PLACED
    assert places(reply, root)[0] == NOWHERE
    keeping.hide_thread(other, reason="Not here.", by=cast.carla)
    assert "<mark" not in visitor.get(place(thread, words=reply.id)).text


def test_the_words_of_another_thread_are_not_marked(cast, thread, visitor):
    other = make.thread(cast.ada)
    reply = make.reply(cast.ada, thread, passage=1, quote="both banks")
    assert "<mark" in visitor.get(place(thread, words=reply.id)).text
    assert "<mark" not in visitor.get(place(other, words=reply.id)).text

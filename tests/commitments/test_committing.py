"""One thing, elsewhere: kept for its owner alone, asked about on its day, answered, thrown away."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from forum.commitments import queries
from forum.commitments.actions import committing
from forum.commitments.models import Commitment
from forum.commitments.plans import BADLY
from forum.core import background, limits
from forum.core.db import db, session
from forum.notices.models import Notice
from forum.practices import actions as practices
from tests.commitments.noted import TOLD, commitment, note, signed

OFF, ON = {("commitments", 0): False}, {("commitments", 0): True}
SENT = {"when": "a sour joke about figs", "among": "cousins", "will": "peel an orange", "form_key": "k"}
SENTENCE = "When a sour joke about figs happens among my cousins, I will peel an orange."
SECRETS = ("figs", "cousins", "orange", "mistrust")


def everything_stored() -> str:
    """Return all that stands in the database, as text: every column of every table."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in {"themes", "editions", "essays"}]
    names = [table.name for table in tables] + ["matching"] * (db.engine.dialect.name == "sqlite")
    return "\n".join(str(row) for name in names for row in session().execute(text(f"SELECT * FROM {name}")))


@pytest.fixture
def ada(cast, browser_of):
    return browser_of(cast.ada)


def test_a_member_notes_one_thing_at_the_foot_of_a_theme_and_finds_it_again(cast, ada, visitor, browser_of):
    page = ada.get("/themes/mistrust").text
    assert 'action="/commitments/new/mistrust#problems"' in page
    assert "could open it" in page
    assert "elsewhere-title" not in visitor.get("/themes/mistrust").text
    for _twice in (1, 2):
        assert ada.post("/commitments/new/mistrust", data=SENT).location == "/commitments"
    assert ada.get("/commitments").text.count(SENTENCE) == 1
    for other in (cast.bruno, cast.carla, cast.dario):
        client = browser_of(other)
        assert "figs" not in client.get("/commitments").text
        for path in ("answer", "delete", "note"):
            assert client.post(f"/commitments/{queries.everything(cast.ada.id)[0].id}/{path}").status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"will": " "}, "Please fill this in."),
        ({"ask_on": "2020-01-01"}, "Please choose a day to come."),
        ({"ask_on": "2999-01-01"}, "Please choose a day within two years."),
        ({"ask_on": "soon"}, "Not a valid date value."),
        ({"when": "x" * 201}, "1 characters too long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ada, wrong, said):
    page = ada.post("/commitments/new/mistrust", data={**SENT, **wrong})
    assert page.status_code == 422
    assert said in page.text
    assert "cousins" in page.text


def test_nothing_of_it_stands_anywhere_in_plain_text_whoever_looks_into_the_database(app, cast, ada):
    ada.post("/commitments/new/mistrust", data={**SENT, "ask_on": "25/12/2027"})
    kept = session().scalars(select(Commitment)).one()
    ada.post(f"/commitments/{kept.id}/answer", data={"answer": "badly"})
    for path in ("/commitments", "/themes/mistrust", "/notices", f"/commitments/{kept.id}/note"):
        ada.get(path)
    stored = everything_stored()
    assert [secret for secret in (*SECRETS, "badly") if secret in stored] == []
    pages = [*app.extensions["stores"]["visitors"].pages.values(), *app.extensions["stores"]["shared"].pages.values()]
    assert pages
    assert not [page for page in pages if "figs" in str(page.value)]


@pytest.mark.one_database
def test_a_sealed_row_opens_nothing_in_another_members_name_or_with_another_key(app, cast, ada, monkeypatch):
    kept = commitment(cast.ada)
    stolen = Commitment(member_id=cast.bruno.id, sealed=kept.sealed, form_key="x")
    assert stolen.plan is None
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    session().expire_all()
    assert queries.everything(cast.ada.id)[0].plan is None


def test_on_its_day_a_member_is_asked_once_and_the_notice_does_not_say_of_what(app, cast, later, browser_of):
    tomorrow = queries.today() + timedelta(days=1)
    first, second = commitment(cast.ada, ask_on=tomorrow), commitment(cast.ada, ask_on=tomorrow)
    background.work(app)
    assert session().scalars(select(Notice)).all() == []
    later(days=1)
    for _again in (1, 2):
        background.work(app)
    session().rollback()
    told = session().scalars(select(Notice)).one()
    assert (told.member_id, told.kind, told.subject) == (cast.ada.id, "reminded", "reminded")
    ada = browser_of(cast.ada)
    assert 'href="/commitments"' in ada.get("/notices").text
    assert ada.get("/commitments").text.count("You wanted to be asked: what came of it?") == 2
    committing.answer(first, BADLY, by=cast.ada)
    session().refresh(told)
    assert told.read_at is None
    committing.throw_away(second, by=cast.ada)
    session().refresh(told)
    assert told.read_at is not None
    assert "It went badly" in ada.get("/commitments").text


@pytest.mark.one_database
def test_an_answer_is_one_of_four_and_can_be_changed(cast, ada):
    kept = commitment(cast.ada)
    for answer in ("happened", "did_not", "badly", "let_go", "a medal"):
        ada.post(f"/commitments/{kept.id}/answer", data={"answer": answer})
    assert queries.everything(cast.ada.id)[0].plan.answer == "let_go"
    page = ada.get("/commitments").text
    assert "Tell others what came of it" in page


def test_thrown_away_it_is_gone_everywhere_and_the_field_note_with_it(cast, visitor):
    told = note(cast.ada)
    kept = queries.everything(cast.ada.id)[0]
    assert TOLD.tried in visitor.get("/themes/mistrust").text
    committing.throw_away(kept, by=cast.ada)
    assert session().scalars(select(Commitment)).all() == []
    assert TOLD.tried not in visitor.get("/themes/mistrust").text
    session().refresh(told)
    assert (told.source, told.signature, told.author_id) == ("", "", None)
    assert TOLD.tried not in everything_stored()


def test_off_hides_the_forms_keeps_the_words_and_asks_nobody_and_on_again_nothing_is_lost(
    app, cast, ada, later, visitor
):
    told = note(cast.bruno)
    kept = commitment(cast.ada, ask_on=queries.today() + timedelta(days=1))
    before = ada.get("/commitments").text
    practices.switch(OFF, by=cast.dario)
    later(days=2)
    background.work(app)
    session().rollback()
    assert session().scalars(select(Notice)).all() == []
    assert "/commitments/new" not in ada.get("/themes/mistrust").text
    assert TOLD.tried in visitor.get("/themes/mistrust").text
    assert TOLD.tried in visitor.get(f"/commitments/notes/{told.id}").text
    assert SENTENCE in ada.get("/commitments").text
    refused = ada.post("/commitments/new/mistrust", data=SENT)
    assert refused.status_code == 403
    assert "cousins" in refused.text
    committing.answer(kept, BADLY, by=cast.ada)
    closed = ada.get(f"/commitments/{kept.id}/note").text
    assert "switched off here at present" in closed
    assert 'name="tried"' not in closed
    assert f"/commitments/{kept.id}/note" not in ada.get("/commitments").text
    late = ada.post(f"/commitments/{kept.id}/note", data={"tried": "I peeled.", "happened": "A long silence."})
    assert (late.status_code, "A long silence." in late.text) == (403, True)
    later(days=-1)
    practices.switch(ON, by=cast.dario)
    assert "/commitments/new" in ada.get("/themes/mistrust").text
    assert SENTENCE in before
    assert SENTENCE in ada.get("/commitments").text


@pytest.mark.one_database
def test_off_for_the_only_essay_of_a_theme_is_off_for_the_theme(cast, ada, thread):
    practices.switch({("commitments", thread.essay_id): False}, by=cast.dario)
    assert "/commitments/new" not in ada.get("/themes/mistrust").text
    assert ada.post("/commitments/new/mistrust", data=SENT).status_code == 403


@pytest.mark.one_database
def test_whoever_notes_too_much_is_told_when_to_go_on_and_keeps_the_words(cast, ada, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "commitment", limits.Limit(1, timedelta(days=1)))
    ada.post("/commitments/new/mistrust", data=SENT)
    often = ada.post("/commitments/new/mistrust", data={**SENT, "will": "peel two", "form_key": "l"})
    assert (often.status_code, "peel two" in often.text) == (429, True)


@pytest.mark.one_database
def test_pages_ask_as_many_statements_with_fifty_as_with_one(cast, ada, statements, app):
    note(cast.ada, signed())
    counts = []
    for more in (0, 48):
        for _one in range(more):
            commitment(cast.ada)
        ada.get("/commitments")
        with statements() as found:
            ada.get("/commitments")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8

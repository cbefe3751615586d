"""Field notes: plain, unsigned unless their author wants otherwise, open to two questions at most, and kept by moderators."""

import re

import pytest
from sqlalchemy import select, text

from forum.commitments import queries
from forum.commitments.actions import committing, telling
from forum.commitments.models import FieldNote
from forum.commitments.plans import HAPPENED
from forum.core.db import db, session
from forum.core.holdings import HOLDINGS
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import deciding, flagging
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Flag
from forum.notices.models import Notice
from forum.rights.actions import leaving
from tests import make
from tests.commitments.noted import OPEN_DOOR, TOLD, commitment, note, signed

FORM = {"tried": "I peeled an orange.", "happened": "They went quiet.", "otherwise": "I would peel two."}


def asked(about: FieldNote, by, words: str = "Which orange?") -> FieldNote:
    make.unlimited()
    return telling.ask(about, words, by=by)


def test_what_came_of_it_is_told_unsigned_and_sent_twice_stands_once(cast, browser_of, visitor):
    ada, kept = browser_of(cast.ada), commitment(cast.ada)
    assert "Say first what came of it." in ada.post(f"/commitments/{kept.id}/note", data=FORM).text
    committing.answer(kept, HAPPENED, by=cast.ada)
    page = ada.get(f"/commitments/{kept.id}/note").text
    assert "nothing by which someone who is not here could be known" in page
    places = {ada.post(f"/commitments/{kept.id}/note", data=FORM).location for _twice in (1, 2)}
    told = session().scalars(select(FieldNote)).one()
    assert places == {f"/commitments/notes/{told.id}"}
    for path in (f"/commitments/notes/{told.id}", "/themes/mistrust", "/commitments/themes/mistrust"):
        shown = visitor.get(path).text
        assert "They went quiet." in shown
        assert "Unsigned" in shown
        assert "ada" not in re.sub(r'"[^"]*"', "", shown).split()
    other = ada.post(f"/commitments/{kept.id}/note", data={**FORM, "tried": "Something else."})
    assert (other.status_code, "Something else." in other.text) == (403, True)


@pytest.mark.one_database
def test_a_note_of_more_than_a_thousand_characters_comes_back_whole(cast, browser_of):
    kept = commitment(cast.ada)
    committing.answer(kept, HAPPENED, by=cast.ada)
    long = {"tried": "x" * 600, "happened": "y" * 300, "otherwise": "z" * 101}
    page = browser_of(cast.ada).post(f"/commitments/{kept.id}/note", data=long)
    assert page.status_code == 422
    assert "Together this is 1 characters too long" in page.text
    assert "z" * 101 in page.text


def test_no_column_and_no_statement_joins_an_unsigned_note_to_its_author(cast, browser_of, visitor, statements):
    told = note(cast.ada)
    keys = [key for column in FieldNote.__table__.columns for key in column.foreign_keys]
    assert {key.column.table.name for key in keys} == {"themes", "field_notes", "members"}
    row = session().execute(text("SELECT * FROM field_notes")).one()
    assert row.author_id is None
    # Nowhere else stands the number of the note: not beside a commitment, a notice, a log entry or an attempt.
    pointing = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "field_notes" for key in column.foreign_keys)
    ]
    assert sorted(pointing) == ["cases.field_note_id", "field_notes.about_id"]
    assert session().scalars(select(LogEntry)).all() == session().scalars(select(Notice)).all() == []
    other = browser_of(cast.carla)
    paths = [
        f"/commitments/notes/{told.id}",
        "/themes/mistrust",
        "/commitments/themes/mistrust",
        "/members/ada",
        "/search?q=orange",
    ]
    paths += [
        "/feeds/themes/mistrust.atom",
        "/feeds/forum.atom",
        "/moderation/log",
        "/moderation/cases",
        "/members/carla",
    ]
    with statements() as found:
        pages = [client.get(path) for client in (visitor, other) for path in paths]
    owned = [one for one in found if "commitments" in one.split("FROM")[-1].split()]
    assert owned == []
    assert not [page.request.path for page in pages if "peeled" in page.text and ">ada<" in page.text]
    assert not [page.request.path for page in pages if "peeled" in page.text and "search" in page.request.path]


def test_a_note_can_bear_a_name_if_its_author_wants_it(cast, visitor):
    told = note(cast.ada, signed())
    assert 'href="/members/ada"' in visitor.get(f"/commitments/notes/{told.id}").text
    assert told.signature == ""


def test_two_people_may_ask_once_each_where_the_door_is_open_and_the_author_finds_it(cast, browser_of, visitor):
    told, shut = note(cast.ada, OPEN_DOOR), note(cast.ada, signed(door=False))
    bruno = browser_of(cast.bruno)
    for _twice in (1, 2):
        made = bruno.post(f"/commitments/notes/{told.id}/questions", data={"question": "Which orange?"})
        assert made.status_code == 303
    again = bruno.post(f"/commitments/notes/{told.id}/questions", data={"question": "And then?"})
    assert (again.status_code, "And then?" in again.text) == (403, True)
    asked(told, cast.elena, "Why then?")
    refused = {}
    for who, about in ((cast.carla, told), (cast.ada, told), (cast.bruno, shut)):
        with pytest.raises(Refused) as refusal:
            asked(about, who)
        refused[who.name] = refusal.value.sentence
    assert refused == {
        "carla": "Two questions stand here, and more are not asked.",
        "ada": "You wrote this yourself.",
        "bruno": "Whoever wrote this does not want to be asked.",
    }
    assert session().scalars(select(Notice)).all() == []
    page = browser_of(cast.ada).get("/commitments").text
    assert page.index("Which orange?") < page.index("Why then?")
    assert visitor.get("/themes/mistrust").text.count("Which orange?") == 1
    assert (
        browser_of(cast.ada).post(f"/commitments/notes/{told.id}/questions", data={"question": ""}).status_code == 422
    )


def test_what_names_someone_is_hidden_at_once_and_a_moderator_decides_without_learning_whose_it_is(
    cast, browser_of, visitor
):
    told = note(cast.ada)
    flagging.flag(told, Complaint("exposes"), by=cast.bruno)
    for path in (f"/commitments/notes/{told.id}", "/themes/mistrust"):
        assert TOLD.tried not in visitor.get(path).text
    assert visitor.get(f"/commitments/notes/{told.id}").status_code == 404
    case = session().scalars(select(Case)).one()
    assert (case.kind, case.author_id) == ("field_note", None)
    carla = browser_of(cast.carla)
    for path in (
        "/moderation/cases",
        f"/moderation/cases/{case.id}",
        "/moderation/log",
        f"/commitments/notes/{told.id}",
    ):
        page = carla.get(path)
        assert page.status_code == 200, path
        assert ">ada<" not in page.text
    assert TOLD.tried in carla.get(f"/moderation/cases/{case.id}").text
    assert TOLD.tried in browser_of(cast.ada).get(f"/commitments/notes/{told.id}").text
    offered = re.findall(r'name="kind" type="radio" value="(\w+)"', carla.get(f"/moderation/cases/{case.id}").text)
    assert sorted(offered) == ["hide", "nothing"]
    deciding.decide(case, Ruling("nothing"), by=cast.carla)
    assert TOLD.tried in visitor.get("/themes/mistrust").text
    decision = deciding.decide_on_own(told, Ruling("hide", facts="It names someone."), known=99, by=cast.carla)
    assert TOLD.tried not in visitor.get("/themes/mistrust").text
    assert "It names someone." in browser_of(cast.ada).get("/commitments").text
    assert decision.author_id is None
    assert carla.get(f"/moderation/decisions/{decision.id}").status_code == 200
    deciding.undo(decision, reason="It did not.", by=cast.dario)
    assert TOLD.tried in visitor.get("/themes/mistrust").text
    assert "hid a field note under the theme" in visitor.get("/moderation/log").text
    assert session().scalars(select(Notice).where(Notice.member_id == cast.ada.id)).all() == []


@pytest.mark.one_database
def test_a_moderator_who_wrote_it_does_not_look_after_the_case(cast, browser_of):
    flagging.flag(note(cast.carla), Complaint("threat"), by=cast.bruno)
    assert browser_of(cast.carla).get("/moderation/cases/1").status_code == 403
    with pytest.raises(Refused, match="your own words"):
        flagging.flag(note(cast.ada), Complaint("spam"), by=cast.ada)


def test_taken_back_its_words_are_erased_from_everywhere_and_the_case_is_over(cast, browser_of, visitor):
    told = note(cast.ada, OPEN_DOOR)
    question = asked(told, cast.bruno)
    flagging.flag(told, Complaint("spam", words="orange"), by=cast.bruno)
    assert browser_of(cast.carla).post(f"/commitments/notes/{told.id}/withdraw").status_code == 403
    assert browser_of(cast.ada).post(f"/commitments/notes/{told.id}/withdraw").status_code == 303
    assert visitor.get(f"/commitments/notes/{told.id}").status_code == 404
    case, flag = session().scalars(select(Case)).one(), session().scalars(select(Flag)).one()
    assert (case.state, case.outcome, flag.wording, flag.words) == ("closed", "taken_back", "", "")
    for table in db.metadata.sorted_tables:
        assert "peeled" not in str(session().execute(text(f"SELECT * FROM {table.name}")).all()), table.name
    assert "You took back what you told of it." in browser_of(cast.ada).get("/commitments").text
    telling.take_back(question, by=cast.bruno)
    assert session().get_one(FieldNote, question.id).source == ""


@pytest.mark.parametrize("people", [1, 2, 5, 50, 5000])
@pytest.mark.one_database
def test_with_so_many_people_a_theme_draws_a_few_and_its_pages_keep_their_bounds(
    cast, browser_of, visitor, statements, people
):
    day, theme = queries.today(), make.theme()
    row = {"theme_id": theme.id, "signature": "s", "tried": "I tried.", "happened": "So.", "otherwise": "", "day": day}
    rows = [
        {**row, "draw": number * 7919 % 2**31, "door": False, "state": "standing", "state_reason": ""}
        for number in range(people)
    ]
    session().execute(FieldNote.__table__.insert(), rows)
    session().commit()
    found = queries.drawn(theme.id, cast.ada)
    assert len(found) == min(people, queries.DRAWN)
    assert found == queries.drawn(theme.id, cast.bruno)
    ada, first = browser_of(cast.ada), session().scalars(select(FieldNote.id)).first()
    asked_for = {}
    paths = ["/themes/mistrust", "/commitments/themes/mistrust", f"/commitments/notes/{first}", "/commitments"]
    for path in paths:
        for name, client in {"visitor": visitor, "member": ada}.items():
            with statements() as counted:
                page = client.get(path, follow_redirects=False)
            asked_for[path, name] = len(counted)
            if client is visitor and path != "/commitments":
                assert page.status_code == 200
    bounds = {
        "/themes/mistrust": 12,
        "/commitments/themes/mistrust": 6,
        f"/commitments/notes/{first}": 8,
        "/commitments": 6,
    }
    assert all(count <= bounds[path] for (path, _who), count in asked_for.items()), asked_for


def test_whoever_leaves_takes_field_notes_along_or_leaves_them_without_a_trace(cast):
    mine, hers = note(cast.ada), note(cast.ada, signed())
    theirs, named = note(cast.bruno), note(cast.bruno, signed())
    question = asked(hers, cast.bruno)
    leaving.leave(cast.ada, takes=True)
    leaving.leave(cast.bruno, takes=False)
    session().expire_all()
    assert [(one.source, one.state) for one in (mine, hers)] == [("", "withdrawn")] * 2
    assert all(one.source for one in (theirs, named, question))
    assert [one.author_id for one in (mine, hers, theirs, named, question)] == [None, None, None, 0, 0]
    assert [one.signature for one in (mine, theirs)] == ["", ""]
    assert session().scalar(text("SELECT count(*) FROM commitments")) == 0


@pytest.mark.one_database
def test_the_download_holds_what_one_noted_and_told_unsigned_too(app, cast):
    told, with_name = note(cast.ada), note(cast.ada, signed())
    note(cast.bruno)
    with app.test_request_context():
        kept = list(HOLDINGS["commitments"].told(cast.ada.id))
        notes = list(HOLDINGS["field_notes"].told(cast.ada.id))
    assert [one["text"][:4] for one in kept] == ["When", "When"]
    assert [one["address"].rsplit("/", 1)[1] for one in notes] == [str(told.id), str(with_name.id)]

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.essays import queries
from forum.essays.actions import publish
from forum.essays.importing import ThemeText
from forum.essays.models import Edition, Essay, Passage
from forum.essays.theme_lines import Unreadable, read_themes, write_themes
from forum.themes import queries as themes
from forum.threads.actions import keeping
from forum.threads.models import Reply, Thread
from tests import make

ESSAY, PASSAGES = make.ESSAY, make.ESSAY.passages
WALLS = replace(ESSAY, title="On Walls", passages=("A wall has two sides.", "So has every question."))


def essay() -> Essay:
    return queries.everything()[0]


def content(of: Essay | None = None) -> list[tuple[str, str, list[str]]]:
    return [(p["key"], p["text"], p["themes"]) for p in queries.current(of or essay()).content]


def number_of(table) -> int:
    return session().execute(select(func.count()).select_from(table)).scalar_one()


def test_a_new_essay_brings_passages_themes_and_a_thread(app):
    assert content() == [
        ("p1", PASSAGES[0], ["polarization"]),
        ("p2", PASSAGES[1], ["polarization", "mistrust"]),
        ("p3", PASSAGES[2], ["mistrust"]),
        ("p4", PASSAGES[3], []),
    ]
    assert [theme.question for theme in themes.everything()] == ["What turned the talk?", "What made you wary?"]
    thread = make.essay_thread()
    assert (thread.title, thread.essay.author, thread.essay.edition_number) == ("On Bridges", "Fiamma", 1)


def test_the_first_essay_is_pinned_and_the_next_is_not(app):
    second = publish(WALLS, by=None)
    pins = dict(session().execute(select(Thread.essay_id, Thread.pin_scope)).all())
    assert pins == {essay().id: "forum", second.id: ""}


def test_a_second_essay_stands_in_the_list_where_it_was_published(cast, app, visitor):
    make.thread(cast.ada, title="Before")
    publish(WALLS, by=None)
    make.thread(cast.ada, title="After")
    page = visitor.get("/threads").text
    assert page.index("After") < page.index("On Walls") < page.index("Before")


def test_the_door_shows_every_essay(app, visitor):
    publish(WALLS, by=None)
    page = visitor.get("/").text
    assert page.index("On Bridges") < page.index("On Walls")


def test_the_same_text_again_changes_nothing(cast, app):
    before = (content(), number_of(Edition), number_of(Passage), number_of(LogEntry))
    for by in (None, cast.dario):
        assert publish(ESSAY, by=by).id == essay().id
        assert publish(replace(ESSAY, themes=()), by=by).edition_number == 1
    assert (content(), number_of(Edition), number_of(Passage), number_of(LogEntry)) == before


def test_a_reworded_passage_keeps_its_key_and_what_was_said_to_it(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, "I said this.", passage=2)
    publish(replace(ESSAY, passages=(PASSAGES[0], "From one bank one sees only backs.", *PASSAGES[2:])), by=None)
    assert [key for key, _, _ in content()] == ["p1", "p2", "p3", "p4"]
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}?passage=p2").text
    assert "From one bank one sees only backs." in page
    assert "I said this." in page
    assert session().get_one(Reply, reply.id).edition == 0


def test_a_passage_that_comes_between_gets_a_key_of_its_own_and_the_themes_before_it(app):
    publish(
        replace(ESSAY, passages=(*PASSAGES[:1], "Quite another thought comes here.", *PASSAGES[1:]), themes=()), by=None
    )
    assert [(key, keys) for key, _, keys in content()] == [
        ("p1", ["polarization"]),
        ("p5", ["polarization"]),
        ("p2", ["polarization", "mistrust"]),
        ("p3", ["mistrust"]),
        ("p4", []),
    ]


def test_what_was_said_to_a_passage_that_went_stays_in_the_conversation(cast, thread, visitor):
    reply = make.reply(cast.ada, thread, "I said this.", passage=1)
    publish(replace(ESSAY, passages=PASSAGES[1:], themes=()), by=None)
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}")
    assert f'id="r{reply.id}"' in page.text
    assert "passage=p1" not in page.text
    assert visitor.get(f"/threads/{thread.id}-{thread.slug}?passage=p1").status_code == 404
    assert visitor.get(f"/replies/{reply.id}", follow_redirects=True).status_code == 200


def test_passages_that_change_places_keep_their_keys(app):
    publish(
        replace(ESSAY, passages=(PASSAGES[2], PASSAGES[0], PASSAGES[3], "One more, which is new.", PASSAGES[1])),
        by=None,
    )
    assert [key for key, _, _ in content()] == ["p3", "p1", "p4", "p5", "p2"]


def test_a_new_edition_is_logged_and_a_new_essay_is_not(cast, app):
    publish(WALLS, by=cast.dario)
    assert number_of(LogEntry) == 0
    publish(replace(ESSAY, note="corrected"), by=cast.dario)
    entry = session().execute(select(LogEntry)).scalar_one()
    assert (entry.act, entry.actor_id, entry.actor_role, entry.essay_id) == (
        "import_essay",
        cast.dario.id,
        "admin",
        essay().id,
    )


def test_an_earlier_edition_stays_as_it_was(app):
    publish(replace(ESSAY, passages=("All new.",)), by=None)
    editions = session().scalars(select(Edition).order_by(Edition.number)).all()
    assert [[p["text"] for p in edition.content] for edition in editions] == [list(PASSAGES), ["All new."]]


@pytest.mark.parametrize("change", [
    {"title": "On Bridges and Banks"}, {"author": "F."}, {"published": "Mar 4"},
    {"updated": "Apr 1"}, {"note": ""}, {"language": "it"},
])  # fmt: skip
def test_a_new_head_is_a_new_edition(app, change):
    target = essay()
    assert publish(replace(ESSAY, **change), by=None, into=target).edition_number == 2
    name, value = next(iter(change.items()))
    assert getattr(essay(), name) == value
    assert make.essay_thread().title == essay().title


def test_a_text_that_names_no_language_keeps_the_one_known(app):
    publish(replace(ESSAY, language="", note="copied"), by=None)
    assert essay().language == "en"


def test_a_text_of_another_title_becomes_an_edition_where_that_is_asked(app):
    publish(replace(ESSAY, title="Ponti"), by=None, into=essay())
    assert [(one.title, one.edition_number) for one in queries.everything()] == [("Ponti", 2)]


def test_a_new_essay_without_themes_is_refused_and_leaves_nothing(cast, app):
    with pytest.raises(Refused, match="names no themes"):
        publish(replace(WALLS, themes=()), by=cast.dario)
    assert number_of(Essay) == 1


@pytest.mark.parametrize("name", ["ada", "carla", "elena"])
def test_only_admins_publish(cast, app, name):
    with pytest.raises(Refused, match="Only admins import essays"):
        publish(WALLS, by=getattr(cast, name))
    assert number_of(Essay) == 1


def test_a_theme_is_worded_anew_even_when_the_text_stays(app):
    reworded = (replace(ESSAY.themes[0], question="When did it turn?"), ESSAY.themes[1])
    assert publish(replace(ESSAY, themes=reworded), by=None).edition_number == 1
    assert themes.by_key("polarization").question == "When did it turn?"


def test_two_essays_may_share_a_theme(cast, app, visitor):
    make.reply(cast.ada, text="To the bridges.")
    publish(replace(WALLS, themes=(ThemeText("mistrust", "Mistrust", "What made you wary?", (1,)),)), by=None)
    page = visitor.get("/themes/mistrust").text
    assert "A wall has two sides." in page
    assert "Whoever stands on one bank" in page
    assert "To the bridges." in page


def test_a_locked_conversation_stays_locked_through_a_new_edition(cast, thread):
    keeping.lock(thread, reason="A rest.", by=cast.carla)
    publish(replace(ESSAY, note="corrected"), by=None)
    assert thread.locked


def test_themes_are_read_from_lines():
    read = read_themes("Trust | What then? | 1-2, 4\n  \n New light|Why?|2 \u2013 3", 4)
    assert read == (
        ThemeText("trust", "Trust", "What then?", (1, 2, 4)),
        ThemeText("new-light", "New light", "Why?", (2, 3)),
    )
    assert read_themes(write_themes(read), 4) == read


def test_a_theme_that_is_known_by_its_name_keeps_its_key():
    known = [ThemeText("polarization", "Polarizzazione", "?", ())]
    assert [t.key for t in read_themes("polarizzazione | Che cosa? | 1\nFiducia | E poi? | 2", 4, known)] == [
        "polarization",
        "fiducia",
    ]


def test_names_in_any_script_give_keys_of_their_own():
    keys = [theme.key for theme in read_themes("信頼 | なぜ? | 1\n対話 | なぜ? | 2\nThread | Why? | 3", 4)]
    assert len(set(keys)) == 3
    assert all(key.isascii() and key for key in keys)


@pytest.mark.parametrize(("lines", "why"), [
    ("Trust | What then?", "Line 1: please write name"),
    ("\nTrust | | 1", "Line 2: please write name"),
    ("Trust | What? | 1 | 2", "Line 1: please write name"),
    ("Trust | What? | 0", "Line 1: “0” is no passage of this essay, which has 4."),
    ("Trust | What? | 2-5", "“2-5” is no passage"),
    ("Trust | What? | 3-2", "“3-2” is no passage"),
    ("Trust | What? | 1;2", "“1;2” is no passage"),
    ("Trust | What? | 99999999999999999999", "is no passage"),
    ("Trust | What? | 1\nHope | What? | 1\n trust|Why?|2", "Line 3: two themes have the same name."),
])  # fmt: skip
def test_lines_that_cannot_be_read_are_named(lines, why):
    with pytest.raises(Unreadable) as unreadable:
        read_themes(lines, 4)
    assert why in str(unreadable.value)

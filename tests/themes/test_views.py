from dataclasses import replace
from html import unescape

import pytest

from forum.core.db import session
from forum.essays.actions import publish
from forum.essays.importing import ThemeText
from forum.themes import queries
from forum.themes.models import Theme
from forum.threads import queries as threads
from forum.threads.actions import changing, keeping
from tests import make
from tests.threads.many import many

pytestmark = pytest.mark.one_database


def section(page: str, start: str, end: str = "</section>") -> str:
    """Return the part of a page from one piece of text to another."""
    return page.partition(start)[2].partition(end)[0]


def test_a_theme_shows_its_question_and_the_passages_that_carry_it(thread, visitor):
    page = visitor.get("/themes/mistrust").text
    assert "What made you wary?" in page
    passages = section(page, '<ol class="passages"', "</ol>")
    assert [f"passage=p{number}" in passages for number in (1, 2, 3, 4)] == [False, True, True, False]
    assert f"/threads/{thread.id}-{thread.slug}?theme=mistrust" in page


def test_a_theme_shows_its_own_replies_wherever_they_stand_and_newest_first_if_asked(cast, thread, visitor):
    own = make.thread(cast.ada)
    texts = ["To the essay.", "To a passage.", "In a thread."]
    make.reply(cast.ada, thread, texts[0])
    make.reply(cast.ada, thread, texts[1], passage=2)
    make.reply(cast.ada, own, texts[2])
    make.reply(cast.ada, thread, "Of the other theme.", key="polarization")
    talk = visitor.get("/themes/mistrust?order=newest").text.partition('id="talk"')[2]
    places = [talk.index(text) for text in texts]
    assert places == sorted(places, reverse=True)
    assert "Of the other theme." not in talk


def test_answers_stand_in_their_thread_and_not_in_the_theme(cast, thread, visitor):
    make.answer(cast.bruno, make.reply(cast.ada, thread), "Only an answer.")
    assert "Only an answer." not in visitor.get("/themes/mistrust").text


def test_what_does_not_stand_leaves_no_stub_in_a_theme(cast, thread, visitor):
    taken, hidden = make.reply(cast.ada, thread, "Taken."), make.reply(cast.ada, thread, "Hidden.")
    changing.withdraw(taken, by=cast.ada)
    keeping.hide_reply(hidden, reason="Not here.", by=cast.carla)
    page = visitor.get("/themes/mistrust").text
    assert not [
        text for text in ("Taken.", "Hidden.", "withdrawn by its author", "hidden by a moderator") if text in page
    ]


@pytest.mark.every_database
def test_a_theme_pages_through_its_replies(cast, thread, visitor):
    ids = many(thread, cast.ada, 2 * threads.SIZE + 5)
    found, address = [], "/themes/mistrust?order=newest"
    while address:
        page = visitor.get(address).text
        found += [reply_id for reply_id in reversed(ids) if f'id="r{reply_id}"' in page]
        address = unescape(section(page, 'rel="next" href="', '"')).partition("#")[0]
    assert found == ids[::-1]


@pytest.mark.every_database
def test_a_theme_lists_its_threads_the_pinned_ones_first(cast, visitor):
    first, second = make.thread(cast.ada, title="First bench"), make.thread(cast.ada, title="Second bench")
    make.thread(cast.ada, title="Elsewhere", key="polarization")
    listed = section(visitor.get("/themes/mistrust").text, 'aria-labelledby="threads-title"')
    assert listed.index(second.title) < listed.index(first.title)
    keeping.pin(first, scope="theme", reason="Start here.", until=None, by=cast.elena)
    listed = section(visitor.get("/themes/mistrust").text, 'aria-labelledby="threads-title"')
    assert listed.index(first.title) < listed.index(second.title)
    assert "Start here." in listed
    assert "Elsewhere" not in listed


def test_a_theme_names_its_facilitators(cast, visitor):
    assert "elena" in visitor.get("/themes/mistrust").text
    assert "elena" not in visitor.get("/themes/polarization").text


def test_a_theme_without_anything_says_so_and_offers_to_begin(cast, visitor, browser_of):
    page = visitor.get("/themes/polarization").text
    assert "Nobody has opened a thread here yet." in page
    assert "/threads/new" not in page
    assert "/threads/new?theme=polarization" in browser_of(cast.bruno).get("/themes/polarization").text


@pytest.mark.parametrize("key", ["nothing", "Mistrust", "mistrust%00", "%F0%9F%99%82"])
def test_a_theme_that_is_not_there_is_a_page_that_says_so(app, visitor, key):
    assert visitor.get(f"/themes/{key}").status_code == 404


def test_the_door_shows_each_theme_with_what_stands_in_it(cast, visitor):
    make.reply(cast.bruno, make.thread(cast.ada))
    rail = section(visitor.get("/").text, 'href="/themes/mistrust"', "</a>")
    assert "1 reply" in rail
    assert "1 thread" in rail


def test_a_new_edition_words_a_known_theme_anew_and_adds_new_ones(cast, app):
    make.reply(cast.ada)
    themes = (
        ThemeText("mistrust", "Wariness", "What would help?", (1,)),
        ThemeText("hope", "Hope", "What then?", (4,)),
    )
    publish(replace(make.ESSAY, themes=themes), by=None)
    everything = [(theme.key, theme.name, theme.reply_count) for theme in queries.everything()]
    assert everything == [("polarization", "Polarization", 0), ("mistrust", "Wariness", 1), ("hope", "Hope", 0)]


@pytest.mark.every_database
def test_a_theme_keeps_its_place_and_so_its_colour(app):
    before = {theme.key: theme.position for theme in queries.everything()}
    publish(replace(make.ESSAY, themes=make.ESSAY.themes[::-1]), by=None)
    session().expire_all()
    assert {theme.key: theme.position for theme in session().query(Theme)} == before
    assert len(set(before.values())) == len(before)

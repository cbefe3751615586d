"""What is hidden or withdrawn is nowhere: looked for by a word that stands in no other place, on every page that there is."""

import re

import pytest
from sqlalchemy import select

from forum.core.config import CHECKOUT
from forum.core.db import session
from forum.moderation.actions import removing
from forum.threads.actions import changing, erasing, keeping
from forum.threads.models import Reply
from tests import make
from tests.threads.crawl import addresses, crawl

HIDDEN, ANSWERED, TAKEN, THREAD, TITLE, WITHIN = "qhiddenq", "qansweredq", "qtakenq", "qthreadq", "qtitleq", "qwithinq"
GONE = "qgoneq"
EVERYWHERE = {HIDDEN, ANSWERED, TAKEN, THREAD, TITLE, WITHIN, GONE}


@pytest.fixture
def place(cast, thread):
    """A conversation in which every word can still be read."""
    root = make.reply(cast.ada, thread, HIDDEN, passage=2)
    make.answer(cast.bruno, root, "This stays.")
    open_root = make.reply(cast.bruno, thread, "This stays too.")
    answered = make.answer(cast.ada, open_root, ANSWERED)
    taken = make.reply(cast.ada, thread, TAKEN)
    own = make.thread(cast.ada, title=TITLE, text=THREAD)
    make.reply(cast.bruno, own, WITHIN)
    make.reply(cast.ada, thread, GONE, passage=1, quote="both banks")
    return root, answered, taken, own


@pytest.fixture
def emptied(app, cast, place):
    """The same conversation when a moderator and an author have been there."""

    def emptied():
        root, answered, taken, own = place
        keeping.hide_reply(root, reason="Not here.", by=cast.carla)
        keeping.hide_reply(answered, reason="Nor this.", by=cast.carla)
        changing.withdraw(taken, by=cast.ada)
        keeping.hide_thread(own, reason="Nor that.", by=cast.carla)
        gone = session().scalars(select(Reply).where(Reply.source == GONE)).one()
        removing.remove(gone, reason="Never.", by=cast.carla)

    return emptied


def words(pages: dict[str, str]) -> set[str]:
    return {word for word in EVERYWHERE for text in pages.values() if word in text}


def test_what_is_hidden_or_withdrawn_is_nowhere_for_others(app, cast, visitor, browser_of, emptied):
    everything, other = addresses(app), browser_of(cast.bruno)
    for client in (visitor, other):  # who have the pages from now on as they were
        assert words(crawl(client, everything)) == EVERYWHERE
    emptied()
    for client in (visitor, other, browser_of(cast.elena)):
        found = crawl(client, everything)
        assert {word: address for address, text in found.items() for word in EVERYWHERE if word in text} == {}
        assert any("This stays." in text for text in found.values())


@pytest.mark.one_database
def test_an_author_finds_what_was_hidden_and_what_they_withdrew_only_where_they_can_bring_it_back(
    app, cast, browser_of, emptied, place
):
    emptied()
    found, back = crawl(browser_of(cast.ada), addresses(app)), f"/replies/{place[2].id}/return"
    assert [address for address, text in found.items() if TAKEN in text] == [back]
    del found[back]
    assert words(found) == {HIDDEN, ANSWERED}


@pytest.mark.one_database
def test_once_it_is_erased_an_author_does_not_find_it_either(app, cast, browser_of, emptied, later):
    emptied()
    later(hours=24)
    assert sum(erasing.erase()) == 1
    assert words(crawl(browser_of(cast.ada), addresses(app))) == {HIDDEN, ANSWERED}


@pytest.mark.one_database
def test_an_author_is_led_to_their_hidden_words(cast, thread, browser_of, emptied, place):
    emptied()
    page = browser_of(cast.ada).get(f"/threads/{thread.id}-{thread.slug}").text
    for reply in place[:2]:
        assert f'<a href="/replies/{reply.id}/answers">' in page
        assert f'<a href="/replies/{reply.id}/edit">' not in page
    assert f"/replies/{place[0].id}/withdraw" in page


def test_those_who_moderate_find_all_but_what_was_withdrawn_or_removed(app, cast, browser_of, emptied):
    emptied()
    assert words(crawl(browser_of(cast.carla), addresses(app))) == EVERYWHERE - {TAKEN, GONE}


def _but_for(page: str, key: int) -> str:
    """Return a page without its own address and without the form token, which is signed with the second it was made in."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page).replace(f"threads/{key}", "")


def test_a_hidden_thread_and_an_absent_one_are_the_same_to_others(cast, visitor, browser_of, emptied, place):
    emptied()
    own, absent = place[3].id, 2_000_000_000
    for client in (visitor, browser_of(cast.ada), browser_of(cast.elena)):
        for path in ("/threads/{}", "/threads/{}/replies", "/threads/{}/edit", "/threads/{}/lock"):
            hidden, none = (client.get(path.format(key)) for key in (own, absent))
            assert hidden.status_code == none.status_code
            assert _but_for(hidden.text, own) == _but_for(none.text, absent)


def test_a_hidden_thread_is_not_counted_for_anyone_to_see(cast, visitor, emptied):
    page = visitor.get("/").text
    assert "1 thread<" in page
    emptied()
    assert "0 threads<" in visitor.get("/").text


def test_restored_words_are_there_again(cast, visitor, emptied, place):
    emptied()
    root, _, _, own = place
    keeping.restore_reply(root, reason="Fine.", by=cast.carla)
    keeping.restore_thread(own, reason="Fine.", by=cast.carla)
    pages = {path: visitor.get(path).text for path in ("/themes/mistrust", f"/threads/{own.id}-{own.slug}")}
    assert words(pages) == {HIDDEN, THREAD, TITLE, WITHIN}


def test_the_words_stand_in_no_file_of_ours():
    for file in (CHECKOUT / "templates").rglob("*.html"):
        assert not [word for word in EVERYWHERE if word in file.read_text()]

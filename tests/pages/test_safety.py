"""A calm line on where to find help, beside what people have lived."""

import pytest
from sqlalchemy import select

from forum.core.db import Site, session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.pages import actions, queries
from forum.threads.actions import replying
from tests import make
from tests.threads.sending import send

CLASS = 'class="safety"'
ITALIAN = {"Accept-Language": "it"}


def lived(by, thread):
    make.unlimited()
    return replying.reply(thread, make.words("I was there.", kind="lived"), by=by, form_key=make.form_key())


@pytest.mark.one_database
def test_it_stands_once_under_a_conversation_in_which_someone_lived_something(cast, thread, visitor, browser_of):
    own = make.thread(cast.bruno)
    for of in (thread, own):
        make.reply(cast.ada, of)
        path = f"/threads/{of.id}-{of.slug}"
        assert CLASS not in visitor.get(path).text
        for _ in range(3):
            lived(cast.ada, of)
        page = visitor.get(path, headers=ITALIAN).text
        assert page.count(CLASS) == 1
        assert "1522" in page
        assert browser_of(cast.ada).get(path).text.count(CLASS) == 2  # and in the form, while it is chosen there


def test_admins_change_it_for_each_language_and_empty_shows_none(cast, thread, visitor, browser_of):
    dario, path = browser_of(cast.dario), "/help/safety/en"
    lived(cast.ada, thread)
    page = f"/threads/{thread.id}-{thread.slug}"
    assert path in dario.get("/help").text
    answer = send(dario, dario.get(path), source="Call **ours**. <script>x</script> [y](javascript:1)")
    assert answer.location == "/help"
    shown = visitor.get(page).text
    assert "Call <strong>ours</strong>." in shown
    assert "<script>x" not in shown
    assert 'href="javascript' not in shown
    assert "1522" in visitor.get(page, headers=ITALIAN).text
    send(dario, dario.get(path), source="")
    for reader in (visitor, dario):
        assert CLASS not in reader.get(page).text
    send(dario, dario.get(path), source=queries.original("safety", "en")[0])
    assert session().scalar(select(Site.safety)) == ""
    assert "112" in visitor.get(page).text
    entries = session().scalars(select(LogEntry)).all()
    assert [(entry.act, entry.detail) for entry in entries] == [("change_safety_note", "en")] * 3
    assert "changed the note on where to find help" in visitor.get("/moderation/log").text


@pytest.mark.one_database
def test_nobody_else_changes_it(cast, visitor, browser_of):
    for who in (cast.ada, cast.carla):
        assert browser_of(who).post("/help/safety/en", data={"source": "Mine."}).status_code == 403
        with pytest.raises(Refused):
            actions.edit_safety("en", "Mine.", by=who)
    assert browser_of(cast.dario).get("/help/safety/fr").status_code == 404
    long = browser_of(cast.dario).post("/help/safety/en", data={"source": "x" * 1_001})
    assert (long.status_code, "x" * 1_001 in long.text) == (422, True)
    assert session().scalar(select(Site.safety)) == ""


@pytest.mark.one_database
def test_it_costs_a_page_no_statement_even_in_the_words_of_the_host(cast, thread, browser_of, statements):
    ada, page = browser_of(cast.ada), f"/threads/{thread.id}-{thread.slug}"
    make.reply(cast.bruno, thread)
    ada.get(page)
    asked = []
    for write in (make.reply, lived):
        actions.edit_safety("en", f"Call {write.__name__}.", by=cast.dario)
        write(cast.bruno, thread)
        with statements() as found:
            shown = ada.get(page).text
        asked.append(len(found))
        assert f"Call {write.__name__}." in shown
    assert asked[0] == asked[1]


@pytest.mark.one_database
def test_whoever_is_asked_to_mend_sees_it_whatever_they_choose(cast, thread, browser_of, later):
    mine = make.reply(cast.ada, thread)
    flagging.flag(mine, Complaint("wounds"), by=cast.bruno)
    path = f"/moderation/replies/{mine.id}/mend"
    before, _form, after = browser_of(cast.ada).get(path).text.partition('<form class="write mending"')
    assert (before.count(CLASS), after.count(CLASS)) == (1, 0)
    actions.edit_safety("en", "", by=cast.dario)
    page = browser_of(cast.ada).get(path).text
    assert CLASS not in page
    assert "If you need help now" in page

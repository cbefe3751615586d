"""Following and muting: a choice of one's own, which a page that all share shows to nobody else."""

import re

import pytest

from forum.accounts.actions import profile
from forum.core.db import session
from forum.notices import queries
from forum.notices.actions import seeing
from tests import make


def level(member, thread):
    tie = queries.tie(member.id, "thread", thread.id)
    session().rollback()
    return tie.level if tie else ""


def pressed(page):
    return re.findall(r'value="(\w+)" aria-pressed="true"', page)


@pytest.mark.parametrize("place", ["thread", "theme"])
def test_each_chooses_for_themselves(cast, thread, browser_of, place):
    page = f"/threads/{thread.id}-{thread.slug}" if place == "thread" else "/themes/mistrust"
    action = f"/notices/threads/{thread.id}/level" if place == "thread" else "/notices/themes/mistrust/level"
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    assert pressed(ada.get(page).text) == ["normal"]
    for chosen, said in (("follow", f"You follow this {place}"), ("mute", f"You muted this {place}")):
        sent = bruno.post(action, data={"level": chosen})
        assert (sent.status_code, sent.location) == (303, page)
        own = bruno.get(page).text
        assert (pressed(own), said in own) == ([chosen], True)
        assert pressed(ada.get(page).text) == ["normal"]
    assert bruno.post(action, data={"level": "normal"}).status_code == 303
    assert "Follow or mute" in bruno.get(page).text


def test_what_is_no_level_or_cannot_be_seen_is_refused(cast, thread, browser_of, visitor):
    bruno, action = browser_of(cast.bruno), f"/notices/threads/{thread.id}/level"
    for told in ("", "shout"):
        assert bruno.post(action, data={"level": told}).status_code == 400
    for nowhere in ("/notices/threads/99999/level", "/notices/themes/nothing/level"):
        assert bruno.post(nowhere, data={"level": "follow"}).status_code == 404
    assert visitor.post(action, data={"level": "follow"}).status_code == 401
    assert level(cast.bruno, thread) == ""


def test_whoever_writes_in_a_thread_follows_it_unless_they_chose_otherwise(cast, thread, browser_of):
    own = make.thread(cast.ada)
    assert level(cast.ada, own) == "follow"
    for chosen in ("mute", "normal"):
        browser_of(cast.ada).post(f"/notices/threads/{thread.id}/level", data={"level": chosen})
        make.reply(cast.ada, thread)
        assert level(cast.ada, thread) == chosen
    root = make.reply(cast.bruno, thread)
    assert level(cast.bruno, thread) == "follow"
    make.answer(cast.carla, root)
    assert level(cast.carla, thread) == "follow"
    profile.edit_profile(cast.elena, about="", locale="", follows_own=False)
    make.reply(cast.elena, thread)
    assert level(cast.elena, thread) == ""


def test_the_setting_is_one_tick(cast, thread, browser_of):
    ada = browser_of(cast.ada)
    assert 'checked id="follows_own"' in ada.get("/settings").text
    ada.post("/settings/profile", data={"about": "", "locale": ""})
    assert 'checked id="follows_own"' not in ada.get("/settings").text
    make.reply(cast.ada, thread)
    assert level(cast.ada, thread) == ""


def test_the_front_page_folds_what_is_muted(cast, thread, browser_of):
    bruno = browser_of(cast.bruno)
    muted, of_muted_theme, kept = (
        make.thread(cast.ada, title=title) for title in ("Muted", "Of the theme", "Followed")
    )
    for one in (muted, of_muted_theme, kept, thread):
        seeing.see(cast.bruno.id, "thread", one.id, [])
        make.reply(cast.ada, one)
    bruno.post(f"/notices/threads/{muted.id}/level", data={"level": "mute"})
    bruno.post("/notices/themes/mistrust/level", data={"level": "mute"})
    bruno.post(f"/notices/threads/{kept.id}/level", data={"level": "follow"})
    told = bruno.get("/").text.partition("New for you")[2].partition("</section>")[0]
    open_, folded = told.split("<summary>2 threads that you muted</summary>")
    assert re.findall("<bdi>(.*?)</bdi>", open_) == [thread.title, "Followed"]
    assert re.findall("<bdi>(.*?)</bdi>", folded) == ["Of the theme", "Muted"]


def test_one_list_shows_all_that_was_chosen(cast, thread, browser_of):
    bruno, ada = browser_of(cast.bruno), browser_of(cast.ada)
    assert "Nothing yet." in bruno.get("/notices/levels").text
    bruno.post(f"/notices/threads/{thread.id}/level", data={"level": "mute"})
    bruno.post("/notices/themes/mistrust/level", data={"level": "follow"})
    page = bruno.get("/notices/levels").text
    assert re.findall(r"<bdi>(.*?)</bdi></a><br><span class=\"soft\">(\w+)</span>", page) == [
        ("Mistrust", "followed"),
        (thread.title, "muted"),
    ]
    assert "Nothing yet." in ada.get("/notices/levels").text
    bruno.post(f"/notices/threads/{thread.id}/level", data={"level": "normal"})
    assert thread.title not in bruno.get("/notices/levels").text.partition("<h1")[2]

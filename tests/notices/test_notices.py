"""The list of notices, its buttons, and the badge in the header."""

import re

from forum.accounts.models import Member
from forum.core.db import session
from forum.core.store import forget_pages
from forum.notices import queries
from forum.notices.actions import levels
from forum.threads.actions import keeping
from tests import make
from tests.notices.told import listed, told, waiting


def badge(page):
    return " ".join(re.sub("<[^>]+>", "", re.search(r'<a href="/notices">(.*?)</a>', page)[1]).split())


def test_the_list_says_what_happened_and_leads_there(cast, thread, browser_of):
    ada = browser_of(cast.ada)
    assert "Nothing yet." in ada.get("/notices").text
    own, opened = make.reply(cast.ada, thread), make.thread(cast.ada, title="My <bench>")
    levels.choose("theme", make.theme("polarization").id, "follow", by=cast.ada)
    first = make.answer(cast.bruno, own, "To **you**.")
    make.answer(cast.carla, own)
    inside = make.reply(cast.bruno, opened, "I <sit>.")
    called = make.thread(cast.elena, text="Dear @ada.")
    other = make.thread(cast.bruno, key="polarization")
    keeping.hide_reply(own, reason="It names <someone>.", by=cast.carla)
    told()
    page = ada.get("/notices").text
    assert listed(page) == [
        "bruno opened a thread under a theme that you follow, Polarization unread",
        "Your reply was hidden unread",
        "elena mentioned you in an opening text unread",
        "bruno replied in your thread unread",
        "carla and 1 other answered your reply unread",
    ]
    assert re.findall(r'<p class="told"><a href="(.*?)"', page) == [
        f"/threads/{other.id}-{other.slug}",
        f"/replies/{own.id}",
        f"/threads/{called.id}-{called.slug}",
        f"/replies/{inside.id}",
        f"/replies/{first.id}",
    ]
    assert "It names &lt;someone&gt;." in page
    assert "<bdi>I &lt;sit&gt;.</bdi>" in page
    assert "<span>2 replies</span>" in page
    assert 'aria-label="Mark as read: bruno replied in your thread"' in page
    assert "/notices/levels" in page
    italian = ada.get("/notices", headers={"Accept-Language": "it"}).text
    assert listed(italian)[1] == "Il tuo intervento è stato nascosto non letto"
    assert listed(ada.get("/notices").text)[1] == "Your reply was hidden unread"


def test_a_decision_on_what_cannot_be_opened_leads_to_the_log(cast, browser_of):
    opened = make.thread(cast.ada, title="Mine")
    reply = make.reply(cast.bruno, opened)
    keeping.hide_reply(reply, reason="No.", by=cast.carla)
    keeping.hide_thread(opened, reason="Not here.", by=cast.carla)
    for who in (cast.ada, cast.bruno):
        page = browser_of(who).get("/notices").text
        link = re.search(r'href="(/moderation/log\?after=\d+)(#e\d+)"', page)
        assert f'id="{link[2][1:]}"' in browser_of(who).get(link[1]).text
        assert "<span>thread of " in page
        assert "Mine" not in page


def test_one_or_all_that_were_listed_are_marked_as_read(cast, thread, browser_of):
    ada, bruno = browser_of(cast.ada), browser_of(cast.bruno)
    owns = [make.reply(cast.ada, thread) for _ in range(3)]
    for own in owns[:2]:
        make.answer(cast.bruno, own)
    page = ada.get("/notices").text
    one, upto = re.search(r"/notices/(\d+)/read", page)[1], re.search(r'name="upto" value="(\d+)"', page)[1]
    assert bruno.post(f"/notices/{one}/read").status_code == 404
    sent = ada.post(f"/notices/{one}/read", data={"next": "/notices?before=9"})
    assert (sent.status_code, sent.location, waiting(cast.ada)) == (303, "/notices?before=9", 1)
    make.answer(cast.bruno, owns[2])
    assert ada.post("/notices/read", data={"upto": upto}).location == "/notices"
    assert listed(ada.get("/notices").text) == ["bruno answered your reply unread", *["bruno answered your reply"] * 2]
    assert (ada.post("/notices/read").status_code, waiting(cast.ada)) == (400, 1)


def test_the_badge_counts_what_is_unread_on_every_page(cast, thread, browser_of):
    page, ada = f"/threads/{thread.id}-{thread.slug}", browser_of(cast.ada)
    own = make.reply(cast.ada, thread)
    assert badge(ada.get(page).text) == "Notices"
    make.answer(cast.bruno, own)
    assert badge(ada.get(page).text) == badge(ada.get("/settings").text) == "Notices (1 unread)"
    assert badge(browser_of(cast.bruno).get(page).text) == "Notices"
    session().get_one(Member, cast.ada.id).notice_count = 100
    session().commit()
    assert badge(ada.get(page).text) == "Notices (99+ unread)"


def test_the_list_goes_on_page_by_page_and_costs_three_statements(
    app, cast, thread, browser_of, statements, monkeypatch
):
    ada = browser_of(cast.ada)
    for count in (2, 7):
        for number in range(count):
            make.answer(cast.bruno, make.reply(cast.ada, thread), f"Answer {count} {number}")
        forget_pages(app)
        with statements() as found:
            page = ada.get("/notices").text
        assert (len(found), 'rel="next"' in page) == (3, False)
    monkeypatch.setattr(queries, "SIZE", 4)
    said, path = [], "/notices"
    while path:
        page = ada.get(path).text
        said += re.findall(r"<bdi>(Answer \d \d)</bdi>", page)
        further = re.search(r'rel="next" href="(.*?)"', page)
        path = further and further[1]
    assert said == [f"Answer {count} {number}" for count in (7, 2) for number in reversed(range(count))]


def test_nobody_sees_the_notices_of_another(cast, thread, browser_of, visitor):
    make.answer(cast.bruno, make.reply(cast.ada, thread), "For ada alone.")
    assert "For ada alone." not in browser_of(cast.carla).get("/notices").text
    assert "/login" in visitor.get("/notices").location

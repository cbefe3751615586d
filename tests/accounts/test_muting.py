"""To mute someone is one's own affair: their words fold for one member, and nobody can tell."""

import re

import pytest
from sqlalchemy import func, select

from forum.accounts import queries
from forum.accounts.actions import muting
from forum.accounts.models import Member, Mute
from forum.core.db import Site, session
from forum.core.rules import Refused
from forum.core.store import forget_pages
from forum.threads.actions import changing, keeping
from forum.threads.signals import mentioned
from tests import make
from tests.cast import person
from tests.threads.sending import form_of, send
from tests.together import at_once

FOLD = '<details class="muted"><summary>You have muted <bdi>bruno</bdi>: show</summary>'


@pytest.fixture
def said(cast, thread):
    """Let bruno speak wherever one can, and return the pages that show it, by what they show of it."""
    root = make.reply(cast.bruno, thread, "The bruised word.", passage=2)
    make.reply(cast.bruno, thread, "The bruised word as a whole.")
    asked = make.reply(cast.carla, thread, "Anyone?", passage=3)
    make.answer(cast.bruno, asked, "The bruised answer.")
    own = make.thread(cast.bruno, text="The bruised opening.")
    base = f"/threads/{thread.id}-{thread.slug}"
    return {
        base: 3,
        f"{base}?theme=mistrust": 3,
        f"{base}?passage=p2": 1,
        f"{base}?order=along": 3,
        f"/threads/{own.id}-{own.slug}": 1,
        f"/replies/{asked.id}/answers": 1,
        f"/replies/{root.id}/answers": 1,
        "/themes/mistrust": 2,
        "/search?q=bruised": 4,
    }


def folded(page: str) -> int:
    assert page.count(FOLD) == page.count('<details class="muted">')
    return page.count(FOLD)


def test_their_words_fold_wherever_one_reads_and_stay_one_step_away(cast, said, browser_of):
    ada = browser_of(cast.ada)
    assert [folded(ada.get(path).text) for path in said] == [0] * len(said)
    muting.mute(cast.bruno, by=cast.ada)
    assert {path: folded(ada.get(path).text) for path in said} == said
    page = ada.get(next(iter(said))).text
    inside = r"(?:(?!</article>).)*"
    assert re.search(
        rf"<article[^>]*>\s*{FOLD}{inside}The bruised word{inside}</details>\s*</article>", page, re.DOTALL
    )
    muting.unmute(cast.bruno, by=cast.ada)
    assert [folded(ada.get(path).text) for path in said] == [0] * len(said)


@pytest.mark.one_database
def test_the_margin_of_the_essay_does_not_show_their_words(cast, said, browser_of):
    ada, page = browser_of(cast.ada), next(iter(said))
    lead = '<span class="lead"><bdi>bruno</bdi>'
    assert lead in ada.get(page).text
    muting.mute(cast.bruno, by=cast.ada)
    assert lead not in ada.get(page).text


@pytest.mark.parametrize("muter_first", [True, pytest.param(False, marks=pytest.mark.one_database)])
def test_nobody_else_sees_any_of_it(app, cast, said, browser_of, visitor, muter_first):
    others = [visitor, *map(browser_of, (cast.bruno, cast.elena, cast.carla, cast.dario))]
    before = [client.get(path).text.count("muted") for path in said for client in others]
    muting.mute(cast.bruno, by=cast.ada)
    forget_pages(app)
    if muter_first:
        assert all(folded(browser_of(cast.ada).get(path).text) for path in said)
    assert [client.get(path).text.count("muted") for path in said for client in others] == before
    if not muter_first:
        assert all(folded(browser_of(cast.ada).get(path).text) for path in said)


def test_what_is_kept_for_all_members_holds_neither_name_of_it(app, cast, said, browser_of):
    muting.mute(cast.bruno, by=cast.ada)
    browser_of(cast.ada).get(next(iter(said)))
    kept = [page.value for page in app.extensions["stores"]["shared"].pages.values()]
    assert kept
    assert not any(b"You have muted" in piece for parts in kept for piece in parts.pieces)


def test_those_who_keep_the_place_fold_for_themselves_and_see_all_where_they_act(cast, thread, browser_of):
    reply, carla = make.reply(cast.bruno, thread, "The bruised word."), browser_of(cast.carla)
    muting.mute(cast.bruno, by=cast.carla)
    assert folded(carla.get(f"/threads/{thread.id}-{thread.slug}").text) == 1
    keeping.hide_reply(reply, reason="Off.", by=cast.carla)
    for path in (f"/replies/{reply.id}/restore", f"/replies/{reply.id}/move", "/moderation/log"):
        page = carla.get(path)
        assert (page.status_code, folded(page.text)) == (200, 0)


def test_a_page_costs_one_statement_more_for_who_mutes_someone(app, cast, said, browser_of, statements):
    ada, path = browser_of(cast.ada), next(iter(said))
    for _look in range(2):
        with statements() as before:
            ada.get(path)
    muting.mute(cast.bruno, by=cast.ada)
    muting.mute(cast.carla, by=cast.ada)
    with statements() as after:
        ada.get(path)
    assert len(after) == len(before) + 1


def test_their_own_page_is_not_folded_and_says_that_they_are_muted(cast, said, browser_of):
    ada = browser_of(cast.ada)
    sent = ada.post("/members/bruno/mute")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/members/bruno")
    page = ada.get("/members/bruno").text
    assert folded(page) == 0
    assert "You have muted bruno. What they write is folded for you" in page
    assert "The bruised word." in page
    ada.post("/members/bruno/unmute")
    assert "You hear bruno again." in ada.get("/members/bruno").text
    assert mutes() == []


def mutes() -> list[tuple[int, int]]:
    return [(row.muter_id, row.muted_id) for row in session().execute(select(Mute.muter_id, Mute.muted_id))]


@pytest.mark.one_database
def test_under_a_reply_one_can_mute_its_author_and_lands_on_it_again(cast, thread, browser_of):
    reply, ada = make.reply(cast.bruno, thread), browser_of(cast.ada)
    link, page = f'href="/replies/{reply.id}/mute"', f"/threads/{thread.id}-{thread.slug}"
    assert link in ada.get(page).text
    assert link not in browser_of(cast.bruno).get(page).text
    asked = ada.get(f"/replies/{reply.id}/mute")
    assert "What bruno writes will be folded for you" in asked.text
    assert mutes() == []
    sent = ada.post(f"/replies/{reply.id}/mute")
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/replies/{reply.id}")
    assert mutes() == [(cast.ada.id, cast.bruno.id)]
    again = send(ada, ada.get(f"/replies/{reply.id}/mute"), next=f"/replies/{reply.id}")
    assert (again.headers["Location"], mutes()) == (f"/replies/{reply.id}", [])


@pytest.mark.one_database
def test_whom_one_has_muted_stands_in_the_settings_and_can_be_heard_again_from_there(cast, browser_of):
    ada = browser_of(cast.ada)
    assert "Whom you have muted" not in ada.get("/settings").text
    muting.mute(cast.carla, by=cast.ada)
    muting.mute(cast.bruno, by=cast.ada)
    page = ada.get("/settings")
    assert page.text.index("/members/bruno/unmute") < page.text.index("/members/carla/unmute")
    assert "Whom you have muted" not in browser_of(cast.bruno).get("/settings").text
    sent = ada.post("/members/bruno/unmute", data={"next": "/settings"})
    assert sent.headers["Location"] == "/settings"
    assert mutes() == [(cast.ada.id, cast.carla.id)]


@pytest.mark.one_database
def test_the_way_back_stays_inside(cast, browser_of):
    sent = browser_of(cast.ada).post("/members/bruno/unmute", data={"next": "//evil.example"})
    assert sent.headers["Location"] == "/"


@pytest.mark.one_database
def test_oneself_nobody_can_mute(cast, thread, browser_of):
    own, ada = make.reply(cast.ada, thread), browser_of(cast.ada)
    for path in ("/members/ada/mute", f"/replies/{own.id}/mute"):
        refused = ada.post(path)
        assert (refused.status_code, "You cannot mute yourself." in refused.text) == (403, True)
    assert "/members/ada/mute" not in ada.get("/members/ada").text
    assert mutes() == []


@pytest.mark.one_database
def test_visitors_are_offered_nothing_to_mute(cast, thread, visitor):
    make.reply(cast.bruno, thread)
    pages = [visitor.get(path).text for path in ("/members/bruno", f"/threads/{thread.id}-{thread.slug}")]
    assert not any("/mute" in page for page in pages)
    assert visitor.post("/members/bruno/mute").status_code != 200
    assert mutes() == []


def test_a_mention_by_someone_muted_is_told_neither_now_nor_later(cast, thread):
    heard = []

    def hear(_text, *, members, **_rest):
        heard.append(members)

    muting.mute(cast.bruno, by=cast.ada)
    with mentioned.connected_to(hear):
        reply = make.reply(cast.bruno, thread, "@ada and @carla")
        make.reply(cast.bruno, thread, "@ada")
        muting.unmute(cast.bruno, by=cast.ada)
        changing.edit(reply, kind="thinking", source="@ada, @carla", by=cast.bruno)
    assert heard == [[cast.carla.id]]


def test_who_has_muted_someone_is_known_among_those_one_asks_for(cast):
    muting.mute(cast.bruno, by=cast.ada)
    muting.mute(cast.bruno, by=cast.carla)
    muting.mute(cast.ada, by=cast.bruno)
    assert queries.muting(cast.bruno.id, [cast.ada.id, cast.bruno.id, cast.dario.id]) == {cast.ada.id}
    assert queries.muting(cast.bruno.id, []) == frozenset()


def test_to_mute_twice_at_once_is_to_mute_once(app, cast):
    ada_id, bruno_id = cast.ada.id, cast.bruno.id

    def mute():
        muting.mute(session().get_one(Member, bruno_id), by=session().get_one(Member, ada_id))

    assert at_once(app, *[mute] * 6) == [None] * 6
    assert mutes() == [(ada_id, bruno_id)]


def test_there_is_an_end_to_whom_one_can_mute(app, cast, monkeypatch):
    monkeypatch.setattr(muting, "MOST", 3)
    ids, ada_id = [person(f"voice{n}").id for n in range(6)], cast.ada.id
    session().commit()

    def muter(member_id):
        return lambda: muting.mute(session().get_one(Member, member_id), by=session().get_one(Member, ada_id))

    done = at_once(app, *map(muter, ids))
    refused = [answer for answer in done if isinstance(answer, Refused)]
    assert {answer.sentence for answer in refused} == {"You have muted 3 people; more is not possible."}
    assert (len(refused), len(mutes())) == (3, 3)
    muting.mute(session().get_one(Member, mutes()[0][1]), by=session().get_one(Member, ada_id))


def test_no_page_is_rendered_anew_because_someone_muted_someone(cast):
    pulse = session().scalar(select(Site.pulse))
    muting.mute(cast.bruno, by=cast.ada)
    muting.unmute(cast.bruno, by=cast.ada)
    assert session().scalar(select(Site.pulse)) == pulse


def test_whoever_is_gone_is_on_no_list(cast):
    gone = person("gone")
    session().commit()
    muting.mute(gone, by=cast.ada)
    muting.mute(cast.ada, by=gone)
    session().delete(session().get_one(Member, gone.id))
    session().commit()
    assert session().scalar(select(func.count()).select_from(Mute)) == 0


@pytest.mark.one_database
def test_the_name_is_shown_as_text(cast, thread, browser_of):
    odd = person("<b>&")
    session().commit()
    make.reply(odd, thread)
    muting.mute(odd, by=cast.ada)
    assert (
        "You have muted <bdi>&lt;b&gt;&amp;</bdi>: show"
        in browser_of(cast.ada).get(f"/threads/{thread.id}-{thread.slug}").text
    )


@pytest.mark.one_database
def test_the_form_of_a_muted_author_offers_to_hear_them_again(cast, thread, browser_of):
    reply, ada = make.reply(cast.bruno, thread), browser_of(cast.ada)
    muting.mute(cast.bruno, by=cast.ada)
    assert form_of(ada.get(f"/replies/{reply.id}/mute"), "next").action == "/members/bruno/unmute"

"""What those who keep a thread arrange for it: members only, questions only, first replies wait, slow mode, dates."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Facilitation, Member
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.threads.actions import arranging, changing, keeping, moving
from forum.threads.arrangement import NONE
from forum.threads.models import Reply, Thread
from forum.threads.pauses import Paused
from forum.waiting import actions as waiting
from forum.waiting.models import HERE, Waiting
from tests import make
from tests.threads.crawl import addresses, crawl
from tests.threads.sending import FROM_HERE, followed, form_of, send
from tests.together import at_once

WORDS = {"qtitleq", "qopeningq", "qreplyq", "qanswerq"}


@pytest.fixture
def own(cast):
    return make.thread(cast.ada, title="qtitleq lantern", text="qopeningq lantern")


def arrange(thread, by, **wanted):
    arranging.arrange(thread, {**NONE, **wanted}, reason="So that it stays calm.", by=by)


def place(thread):
    return f"/threads/{thread.id}-{thread.slug}"


def counts():
    theme = make.theme()
    return theme.thread_count, theme.reply_count


@pytest.fixture
def told(cast, own, thread):
    """A thread in which all was said while everyone could read it; elsewhere someone cites a reply of it."""
    root = make.reply(cast.bruno, own, "qreplyq lantern")
    make.answer(cast.ada, root, "@bruno qanswerq lantern")
    make.reply(
        cast.ada, thread, f"[bruno](/replies/{root.id}):\n\n> [bruno wrote](/replies/{root.id}):\n> qreplyq lantern"
    )
    return root


def found(client, pages):
    return {word: path for path, text in crawl(client, pages).items() for word in WORDS if word in text}


def test_what_is_for_members_only_does_not_exist_for_visitors_and_is_whole_for_members(
    app, cast, visitor, browser_of, own, told
):
    pages, bruno = addresses(app) | {"/search?q=lantern"}, browser_of(cast.bruno)
    assert set(found(visitor, pages)) == WORDS, "who has the pages from now on as they were"
    before = counts()
    arrange(own, cast.elena, members_only=True)
    assert found(visitor, pages) == {}
    for path in (place(own), f"/threads/{own.id}", f"/replies/{told.id}", f"/threads/{own.id}/arrivals?after=0"):
        assert visitor.get(path).status_code == visitor.get(path.replace(str(own.id), "99999")).status_code == 404, path
    for path in (f"/feeds/threads/{own.id}.atom", "/feeds/forum.atom", "/sitemap.xml", "/feeds/members/ada.atom"):
        assert not [word for word in WORDS if word in bruno.get(path).text], path
    assert counts() == (before[0] - 1, before[1] - 2), "themes count what everyone sees"

    seen = crawl(bruno, pages)
    for path in (place(own), "/", "/threads", "/themes/mistrust", "/search?q=lantern", "/notices"):
        assert any(word in seen[path] for word in WORDS), path
    assert 'name="robots" content="noindex"' in seen[place(own)]
    assert "In this thread</strong>: members only" in seen[place(own)]
    assert "qreplyq" not in seen[f"/threads/{make.essay_thread().id}-{make.essay_thread().slug}"], (
        "what everyone reads cites nothing of it"
    )

    arrange(own, cast.elena)
    assert set(found(visitor, pages)) == WORDS
    assert counts() == before


def test_counts_of_themes_hold_whatever_is_done_with_a_thread_for_members_only(cast, own, told):
    before = counts()
    arrange(own, cast.carla, members_only=True)
    make.reply(cast.bruno, own)
    keeping.hide_thread(own, reason="Off.", by=cast.carla)
    arrange(own, cast.carla)
    keeping.restore_thread(own, reason="On.", by=cast.carla)
    assert counts() == (before[0], before[1] + 1)
    arrange(own, cast.carla, members_only=True)
    split = moving.split_thread(own, [told.id], title="Apart", theme=make.theme(), reason="Apart.", by=cast.carla)
    assert split.members_only
    assert counts() == (before[0] - 1, before[1] - 2)


def test_what_was_written_for_members_only_is_not_moved_to_where_everyone_reads(cast, own, told, thread, browser_of):
    arrange(own, cast.carla, members_only=True)
    carla = browser_of(cast.carla)
    for path, more in ((f"/replies/{told.id}/move", {"theme": "mistrust"}), (f"{place(own)}/merge", {})):
        answer = send(carla, carla.get(path), into=str(thread.id), reason="Here.", **more)
        assert (answer.status_code, "cannot go to a thread that everyone reads" in answer.text) == (422, True)
    with pytest.raises(Refused, match="that everyone reads"):
        moving.merge_thread(own, into=thread, reason="One.", by=cast.carla)
    other = make.thread(cast.bruno, title="Another")
    arrange(other, cast.carla, members_only=True)
    moving.merge_thread(own, into=other, reason="One.", by=cast.carla)
    assert session().get_one(Reply, told.id).thread_id == other.id


@pytest.mark.one_database
def test_an_essays_own_thread_stays_open_to_everyone(cast, thread, browser_of):
    with pytest.raises(Refused, match="door of this place"):
        arrange(thread, cast.dario, members_only=True)
    dario = browser_of(cast.dario)
    page = dario.get(f"{place(thread)}/settings")
    assert 'name="members_only"' not in page.text
    asked = {"slow_minutes": "5", "members_only": "y", "reason": "Slow."}
    assert dario.post(f"{place(thread)}/settings", data=asked, headers=FROM_HERE).status_code == 303
    assert (thread.members_only, thread.slow_minutes) == (False, 5)


@pytest.mark.one_database
def test_settings_are_a_form_a_plain_line_and_an_entry(app, cast, own, visitor, browser_of, later):
    elena, ada = browser_of(cast.elena), browser_of(cast.ada)
    assert f'href="{place(own)}/settings"' in elena.get(place(own)).text
    assert ada.get(f"{place(own)}/settings").status_code == 403
    opens, closes = (f"{clock.now() + timedelta(days=days):%Y-%m-%dT08:30}" for days in (1, 9))
    page = elena.get(f"{place(own)}/settings")
    wrong = send(elena, page, opens_at=closes, closes_at=opens, slow_minutes="15", reason="Slowly.")
    assert (wrong.status_code, "A thread closes after it opens." in wrong.text) == (422, True)
    assert form_of(wrong, "reason").fields["opens_at"] == closes
    sent = send(elena, wrong, opens_at=opens, closes_at=closes, asking_only="y", slow_minutes="15", reason="Slowly.")
    assert sent.status_code == 303
    for page in (followed(elena, sent).text, visitor.get(place(own)).text):
        assert (
            "In this thread</strong>: questions only; 15 minutes between two replies of the same person; opens" in page
        )
        assert "Settings changed: questions only; 15 minutes between" in page
        assert "This thread opens on" in page or "Log in to reply." in page or page.count("Slowly.") == 1
    page = elena.get(f"{place(own)}/settings")
    again = form_of(page, "reason").fields
    assert (again["opens_at"], again["closes_at"], again["asking_only"]) == (opens, closes, "y")
    assert '<option selected value="15">15 minutes</option>' in page.text
    assert "changed the settings of" in visitor.get("/moderation/log?kind=settings").text
    assert "The settings of your thread were changed" in ada.get("/notices").text
    send(elena, page, slow_minutes="15", reason="The same.")
    assert session().scalar(select(func.count()).select_from(LogEntry)) == 1, "the same again leaves no entry"


def test_a_thread_opens_and_closes_at_its_hours(cast, own, later, visitor, browser_of):
    at = clock.now()
    arrange(own, cast.elena, opens_at=at + timedelta(hours=1), closes_at=at + timedelta(hours=3))
    with pytest.raises(Refused, match="This thread opens on"):
        make.reply(cast.bruno, own)
    assert make.reply(cast.elena, own).as_staff
    assert "opens on" in visitor.get(place(own)).text
    later(hours=1)
    early = make.reply(cast.bruno, own, "In time.")
    assert not early.as_staff
    later(hours=3)
    bruno = browser_of(cast.bruno)
    assert "This thread closed on" in bruno.get(place(own)).text
    with pytest.raises(Refused, match="This thread closed on"):
        make.answer(cast.ada, early)
    changing.edit(early, kind="lived", source="Mended.", by=cast.bruno)
    changing.withdraw(early, by=cast.bruno)
    arrange(own, cast.elena)
    make.reply(cast.bruno, own, "Open again.")


def test_questions_only_is_for_the_first_level(cast, own, browser_of):
    arrange(own, cast.elena, asking_only=True)
    bruno = browser_of(cast.bruno)
    page = bruno.get(place(own))
    assert page.text.count('type="radio"') == 1
    refused = send(bruno, page, kind="lived", body="I lived it.")
    assert refused.status_code == 422
    with pytest.raises(Refused, match="gathers questions"):
        make.reply(cast.bruno, own)
    sent = send(bruno, page, kind="asking", body="Who sits there?")
    root = session().scalars(select(Reply).where(Reply.source == "Who sits there?")).one()
    assert sent.status_code == 303
    page = bruno.get(f"/replies/{root.id}/answers")
    assert send(bruno, page, kind="lived", body="I did.").status_code == 303


def test_slow_mode_asks_for_a_pause_says_until_when_and_keeps_the_text(cast, own, later, browser_of):
    arrange(own, cast.elena, slow_minutes=15)
    bruno = browser_of(cast.bruno)
    page = bruno.get(place(own))
    assert "15 minutes lie between two replies of the same person." in page.text
    assert send(bruno, page, kind="lived", body="First.").status_code == 303
    later(minutes=5)
    make.unlimited()
    page = bruno.get(place(own))
    assert 'data-behaviour="countdown" data-seconds="600"' in page.text
    refused = send(bruno, page, kind="lived", body="Second.")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert "You can go on from" in refused.text
    assert form_of(refused, "body").fields["body"] == "Second."
    first = session().scalars(select(Reply).where(Reply.source == "First.")).one()
    with pytest.raises(Paused):
        make.answer(cast.bruno, first, "Nor as an answer.", waited=False)
    changing.edit(first, kind="lived", source="First, mended.", by=cast.bruno)
    make.reply(cast.ada, own, "Someone else.")
    for word in ("Those who keep it", "are free."):
        make.reply(cast.elena, own, word)
    changing.withdraw(first, by=cast.bruno)
    with pytest.raises(Paused):
        make.reply(cast.bruno, own, "Withdrawing makes no room.")
    make.reply(cast.bruno, None, "Another thread has its own pace.")
    later(minutes=15)
    assert send(bruno, refused, kind="lived", body="Second.").status_code == 303


def test_of_two_replies_at_once_slow_mode_lets_one_stand(app, cast, own):
    arrange(own, cast.elena, slow_minutes=5)
    own_id, bruno_id, said = own.id, cast.bruno.id, make.words("At once.")

    def replier(key):
        def reply():
            by = session().get_one(Member, bruno_id)
            return waiting.reply(session().get_one(Thread, own_id), said, by=by, form_key=key).id

        return reply

    done = at_once(app, *map(replier, ("one", "two", "three")))
    assert sum(isinstance(answer, Paused) for answer in done) == 2
    assert session().scalar(select(func.count()).select_from(Reply)) == 1


def test_first_replies_wait_for_those_who_keep_the_thread(cast, own, visitor, browser_of):
    arrange(own, cast.elena, first_waits=True)
    bruno, elena = browser_of(cast.bruno), browser_of(cast.elena)
    page = followed(bruno, send(bruno, bruno.get(place(own)), kind="lived", body="A word that hides."))
    assert "read by those who keep it before others see it. That is not about you." in page.text
    one = session().scalars(select(Waiting)).one()
    assert one.cause == HERE
    assert "A word that hides." not in visitor.get(place(own)).text
    assert "A word that hides." in elena.get("/waiting").text
    session().delete(session().scalars(select(Facilitation)).one())
    session().commit()
    assert elena.get(f"/waiting/{one.id}").status_code == 404
    assert "A word that hides." not in elena.get("/waiting").text
    make.reply(cast.bruno, None, "Whoever has written elsewhere is new here all the same.")
    made = waiting.approve(session().get_one(Waiting, one.id), by=cast.carla)
    assert made.thread_id == own.id
    assert isinstance(waiting.reply(own, make.words("Another."), by=cast.bruno, form_key="k"), Reply)


@pytest.mark.one_database
def test_a_facilitator_decides_about_what_waits_in_their_thread_alone(cast, own, browser_of):
    arrange(own, cast.elena, first_waits=True)
    held = waiting.reply(own, make.words("Read me."), by=cast.bruno, form_key="k")
    elena = browser_of(cast.elena)
    answer = elena.post(f"/waiting/{held.id}/approve", headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    assert session().scalars(select(Reply.source)).all() == ["Read me."]
    entry = session().scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert (entry.act, entry.actor_role) == ("approve_reply", "facilitator")


@pytest.mark.one_database
def test_a_thread_with_all_its_settings_asks_no_more_of_a_page_but_for_the_pause(cast, own, browser_of, statements):
    bruno = browser_of(cast.bruno)
    with statements() as plain:
        bruno.get(place(own))
    arrange(own, cast.elena, members_only=True, first_waits=True, asking_only=True, slow_minutes=5)
    with statements() as arranged:
        bruno.get(place(own))
    assert len(plain) + 1 >= len(arranged)
    assert len(arranged) <= 8

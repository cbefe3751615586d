"""Drafts in the forms and in their list, as a browser without JavaScript has them; and what the script is answered."""

import re

import pytest

from forum.core.store import forget_pages
from forum.drafts.targets import ANSWER, EDIT, OPENING, Target, in_thread
from forum.essays.actions import publish
from forum.essays.importing import EssayText
from forum.threads.actions import changing, keeping, moving
from tests import make
from tests.drafts.begun import begin, begun, bodies, drafts
from tests.threads.sending import FROM_HERE, followed, form_of, send

pytestmark = pytest.mark.one_database


def test_a_reply_is_begun_found_again_and_sent(cast, browser_of, place):
    ada = browser_of(cast.ada)
    saved = begun(ada, ada.get(place), theme="mistrust", kind="asking", body="Half a\nthought")
    assert (saved.status_code, saved.location) == (303, "/drafts")
    listed = ada.get("/drafts")
    assert "Your draft is saved." in listed.text
    assert "Half a" in listed.text
    assert "Drafts (1)" in listed.text
    again = followed(ada, ada.get(f"/drafts/{drafts()[0].id}"))
    assert "Your draft of " in again.text
    fields = form_of(again, "body").fields
    assert (fields["kind"], fields["body"]) == ("asking", "Half a\nthought")
    assert '<option selected value="mistrust">' in again.text
    sent = send(ada, ada.get(place), theme="mistrust", body="The whole thought")
    assert sent.status_code == 303
    assert "Nothing is waiting here." in ada.get("/drafts").text
    assert "Drafts (" not in ada.get(place).text
    assert "Half a" not in ada.get(place).text


@pytest.mark.every_database
def test_each_form_finds_its_own_draft(cast, browser_of, thread, place):
    ada, own = browser_of(cast.ada), make.thread(cast.ada)
    reply = make.reply(cast.ada, thread)
    make.unlimited()
    for path, button in {
        place: "reply",
        f"{place}?passage=p2": "passage",
        f"{place}?passage=p2&exact=sees+only": "words",
        f"/replies/{reply.id}/answers": "answer",
        f"/replies/{reply.id}/edit": "edit",
        f"/threads/{own.id}/edit": "opening",
        f"/threads/{own.id}-{own.slug}": "other thread",
        "/threads/new?theme=mistrust": "new",
        "/threads/new": "new anywhere",
    }.items():
        assert "Your draft of" not in ada.get(path).text, path
        assert begun(ada, ada.get(path), body=f"For {button}.").status_code == 303, path
        page = ada.get(path)
        assert "Your draft of" in page.text, path
        assert form_of(page, "body", "draft").fields["body"] == f"For {button}."
    assert len(drafts(cast.ada)) == 9
    for draft in drafts():
        assert draft.fields["body"] in followed(ada, ada.get(f"/drafts/{draft.id}")).text
    titles = ada.get("/drafts").text
    for what in ("Answer to ada", "Change of your reply", "Change of your opening text", "New thread", "passage 2"):
        assert what in titles


def test_a_draft_is_nobody_elses(cast, visitor, browser_of, thread, place):
    draft = begin(cast.ada, in_thread(thread.id), "qprivateq")
    others = [browser_of(who) for who in (cast.bruno, cast.carla, cast.dario, cast.elena)]
    ada = browser_of(cast.ada)
    assert "qprivateq" in ada.get(place).text
    for reader in (*others, visitor):
        for path in (place, f"{place}?draft={draft.id}", "/drafts", "/", "/members/ada", "/moderation/log"):
            assert "qprivateq" not in reader.get(path).text, path
    for reader in others:
        assert reader.get(f"/drafts/{draft.id}").status_code == 404
        thrown = reader.post(f"/drafts/{draft.id}/delete", data={"sequence": draft.sequence}, headers=FROM_HERE)
        assert thrown.status_code == 404
    assert bodies() == ["qprivateq"]
    assert visitor.get(f"/drafts/{draft.id}").location.startswith("/login?next=")
    for path in (place, "/drafts", f"/drafts/{draft.id}"):
        assert ada.get(path).headers["Cache-Control"] == "no-store", path


def test_a_page_is_shared_still_by_those_who_began_nothing_on_it(cast, browser_of, thread, place, statements):
    ada, bruno, other = browser_of(cast.ada), browser_of(cast.bruno), make.thread(cast.bruno)
    begin(cast.ada, in_thread(thread.id), "Begun.")
    asked = {}
    for name, client, path in (
        ("first", bruno, place),
        ("nothing", bruno, place),
        ("here", ada, place),
        ("elsewhere first", bruno, f"/threads/{other.id}-{other.slug}"),
        ("elsewhere, nothing", bruno, f"/threads/{other.id}-{other.slug}"),
        ("elsewhere", ada, f"/threads/{other.id}-{other.slug}"),
        ("home first", bruno, "/rules"),
        ("home", ada, "/rules"),
    ):
        with statements() as found:
            assert client.get(path).status_code == 200
        asked[name] = len(found)
    assert asked["nothing"] < asked["first"]
    assert asked["elsewhere"] == asked["elsewhere, nothing"] + 1
    assert asked["home"] == 1
    assert asked["here"] <= 8


@pytest.mark.every_database
def test_the_list_asks_so_many_statements_however_long_it_is(cast, browser_of, thread, statements):
    ada, asked = browser_of(cast.ada), set()
    for count in (1, 12):
        for number in range(count):
            other = make.thread(cast.bruno, title=f"Thread {number}")
            reply = make.reply(cast.bruno, other)
            for target in (in_thread(other.id), Target(ANSWER, reply.id)):
                begin(cast.ada, target)
        forget_pages(ada.application)
        with statements() as found:
            assert ada.get("/drafts").status_code == 200
        asked.add(len(found))
    assert len(asked) == 1
    assert asked.pop() <= 4


def test_a_draft_says_what_became_of_its_place(cast, browser_of, thread):
    bruno, ada = browser_of(cast.bruno), cast.ada
    locked, hidden, merged, into = (make.thread(ada, title=f"Thread {n}") for n in ("one", "two", "three", "four"))
    withdrawn, edited = make.reply(ada, thread), make.reply(cast.bruno, thread)
    targets = {
        "locked": in_thread(locked.id),
        "hidden": in_thread(hidden.id),
        "merged": in_thread(merged.id),
        "into": in_thread(into.id),
        "answer": Target(ANSWER, withdrawn.id),
        "edit": Target(EDIT, edited.id),
    }
    ids = {name: begin(cast.bruno, target, f"For {name}.").id for name, target in targets.items()}
    make.locked(locked, cast.carla)
    keeping.hide_thread(hidden, reason="Off.", by=cast.carla)
    moving.merge_thread(merged, into=into, reason="The same.", by=cast.carla)
    changing.withdraw(withdrawn, by=ada)
    changing.withdraw(edited, by=cast.bruno)
    listed = bruno.get("/drafts").text
    sentences = {
        "locked": "This thread is locked: We sleep over it.",
        "hidden": "This thread is hidden. Nobody can reply to it.",
        "merged": "This thread was merged into another one.",
        "answer": "This reply was withdrawn by its author. It cannot be answered.",
        "edit": "You withdrew this reply. It cannot be changed.",
    }
    assert "Thread two" not in listed, "a hidden thread's title is for staff"
    assert f'href="/threads/{into.id}"' in listed
    for name, sentence in sentences.items():
        assert sentence in listed
        page = bruno.get(f"/drafts/{ids[name]}")
        assert page.status_code == 200
        assert f"For {name}." in page.text
        assert sentence in page.text
    assert bruno.get(f"/drafts/{ids['into']}").status_code == 302
    assert len(bodies(cast.bruno)) == 6


FIRST, _SECOND, *REST = make.ESSAY.passages
EDITIONS = {
    "cannot be found here": (FIRST, "Whoever stands on one bank is alone.", *REST),
    "no longer in the text": (FIRST, *REST),
}


@pytest.mark.parametrize("sentence", EDITIONS)
def test_words_that_a_new_edition_left_out_do_not_take_the_draft_along(cast, browser_of, thread, place, sentence):
    ada = browser_of(cast.ada)
    page = ada.get(f"{place}?passage=p2&exact=sees+only")
    begun(ada, page, theme="mistrust", kind="lived", body="About these words.")
    draft = drafts()[0]
    head = {name: getattr(make.ESSAY, name) for name in ("title", "author", "published", "updated", "language", "note")}
    publish(EssayText(**head, passages=EDITIONS[sentence]), by=cast.dario, into=thread.essay)
    page = followed(ada, ada.get(f"/drafts/{draft.id}"))
    assert sentence in page.text
    assert form_of(page, "body").fields["body"] == "About these words."
    assert begun(ada, page, body="About them still.").status_code == 303
    assert bodies() == ["About them still."]
    page = followed(ada, ada.get(f"/drafts/{draft.id}"))
    assert send(ada, page, body="About them, once.", theme="mistrust").status_code == 303
    assert drafts() == []


@pytest.mark.parametrize(
    "target", ["", "thread", "thread-99999", "answer-99999", "edit-99999", "opening-99999", "new-99999", "x" * 999]
)
def test_a_draft_of_nothing_is_not_kept_and_its_words_are_given_back(cast, browser_of, thread, target):  # fmt: skip
    sent = {"draft": target, "sequence": "0", "body": "Do not lose me."}
    answer = browser_of(cast.ada).post("/drafts", data=sent, headers=FROM_HERE)
    assert answer.status_code in {400, 404}
    assert answer.status_code == 400 or "Do not lose me." in answer.text
    assert drafts() == []


def test_nobody_learns_by_a_draft_what_is_hidden_or_whose_it_is(cast, browser_of):
    hidden, foreign = make.thread(cast.ada), make.reply(cast.ada)
    under = make.reply(cast.ada, hidden)
    keeping.hide_thread(hidden, reason="Off.", by=cast.carla)
    bruno = browser_of(cast.bruno)
    for target in (
        in_thread(hidden.id),
        Target(ANSWER, under.id),
        Target(EDIT, foreign.id),
        Target(OPENING, hidden.id),
    ):
        sent = {"draft": str(target), "sequence": "0", "body": "x"}
        assert bruno.post("/drafts", data=sent, headers=FROM_HERE).status_code == 404
    assert drafts() == []


def test_a_theme_that_is_offered_no_more_is_not_chosen(cast, browser_of, place):
    ada = browser_of(cast.ada)
    page = ada.get(f"{place}?passage=p1")
    assert begun(ada, page, body="Of another theme.", theme="mistrust").status_code == 303
    again = ada.get(f"{place}?passage=p1")
    assert form_of(again, "body").fields["theme"] == "polarization"


def test_what_a_script_or_a_sign_stands_in_is_shown_and_does_nothing(cast, browser_of, thread, place):
    evil = "</textarea><script>alert(1)</script>\u202e\u0000"
    ada = browser_of(cast.ada)
    assert begun(ada, ada.get("/threads/new"), title=evil, body=evil).status_code == 303
    begun(ada, ada.get(place), body=evil)
    stale = begun(ada, browser_of(cast.ada).get("/threads/new?theme=mistrust"), body=evil)
    assert stale.status_code == 303
    old = {"draft": f"thread-{thread.id}", "sequence": "0", "body": evil}
    pages = [
        ada.get(place),
        ada.get("/threads/new"),
        ada.get("/drafts"),
        ada.post("/drafts", data=old, headers=FROM_HERE),
    ]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text
        assert re.search("&lt;/textarea&gt;", page.text)

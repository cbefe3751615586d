"""Drafts whose form is older than what is kept, and those that cannot be kept: nothing is overwritten, nothing is lost."""

from html import unescape

from forum.core.limits import LIMITS, Limit
from forum.drafts.models import LONGEST
from forum.drafts.targets import in_thread
from tests.drafts.begun import begin, begun, bodies, by_script, drafts
from tests.threads.sending import FROM_HERE, followed, form_of, send


def test_the_script_is_told_the_number_and_sends_it_with_the_next(cast, browser_of, place):
    ada = browser_of(cast.ada)
    page = ada.get(place)
    first = by_script(ada, page, body="One").get_json()
    assert first["said"].startswith("Saved as a draft: ")
    second = by_script(ada, page, body="One two", sequence=str(first["sequence"])).get_json()
    assert second["sequence"] > first["sequence"]
    assert by_script(ada, page, body="", sequence=str(second["sequence"])).get_json() == {"sequence": 0, "said": ""}
    assert drafts() == []


def test_an_older_window_overwrites_nothing_and_shows_both_texts(cast, browser_of, place):
    ada = browser_of(cast.ada)
    old = ada.get(place)
    begun(ada, ada.get(place), body="The newer text.")
    told = by_script(ada, old, body="My own text.")
    assert told.status_code == 409
    assert "The newer text." in told.get_json()["panel"]
    page = begun(ada, old, body="My own text.")
    assert page.status_code == 409
    assert "The newer text." in page.text
    assert "My own text." in page.text
    assert bodies() == ["The newer text."]
    form = form_of(page, "body", "sequence")
    ada.get("/drafts")
    assert ada.post(form.action, data=form.fields, headers=FROM_HERE).status_code == 303
    assert bodies() == ["My own text."]


def test_a_window_whose_draft_was_sent_brings_it_back_only_when_asked(cast, browser_of, place):
    ada = browser_of(cast.ada)
    begun(ada, ada.get(place), theme="mistrust", kind="lived", body="Sent.")
    old = ada.get(place)
    assert send(ada, ada.get(place), theme="mistrust", body="Sent.").status_code == 303
    page = begun(ada, old, body="Sent, said once more.")
    assert page.status_code == 409
    assert "was sent or thrown away" in page.text
    assert "was sent or thrown away" in by_script(ada, old, body="x").get_json()["panel"]
    assert drafts() == []
    form = form_of(page, "body", "sequence")
    assert ada.post(form.action, data=form.fields, headers=FROM_HERE).status_code == 303
    assert bodies() == ["Sent, said once more."]


def test_a_draft_is_thrown_away_where_one_is(cast, browser_of, thread, place):
    ada = browser_of(cast.ada)
    begin(cast.ada, in_thread(thread.id), "Away with it.")
    page = ada.get(f"{place}?order=newest")
    note = form_of(page, "next", "sequence")
    thrown = ada.post(note.action, data=note.fields, headers=FROM_HERE)
    assert thrown.location == f"{place}?order=newest"
    assert drafts() == []
    assert "Away with it." not in ada.get(place).text


def test_what_was_written_on_meanwhile_is_not_thrown_away(cast, browser_of, thread):
    ada = browser_of(cast.ada)
    draft = begin(cast.ada, in_thread(thread.id), "Short.")
    page = ada.get("/drafts")
    begin(cast.ada, in_thread(thread.id), "Much longer.", known=draft.sequence)
    form = form_of(page, "sequence")
    assert "written on meanwhile" in followed(ada, ada.post(form.action, data=form.fields, headers=FROM_HERE)).text
    assert bodies() == ["Much longer."]


def test_a_draft_outlives_the_session_and_the_login(app, cast, browser_of, place):
    ada, lost = browser_of(cast.ada), app.test_client()
    form = form_of(ada.get(place), "body")
    door = lost.post("/drafts", data={**form.fields, "body": "Do not lose me."}, headers=FROM_HERE)
    assert door.status_code == 401
    login = form_of(door, "login")
    assert login.fields["next"] == "/drafts"
    filled = {**login.fields, "kept": unescape(login.fields["kept"]), "login": "ada", "password": "a small brass lamp"}
    back = lost.post(login.action, data=filled, headers=FROM_HERE)
    assert "Do not lose me." in back.text
    again = form_of(back, "body")
    assert followed(lost, lost.post(again.action, data=again.fields, headers=FROM_HERE)).status_code == 200
    assert bodies(cast.ada) == ["Do not lose me."]


def test_a_form_that_comes_back_with_a_mistake_or_a_preview_still_knows_its_draft(cast, browser_of, place):
    ada = browser_of(cast.ada)
    begun(ada, ada.get(place), body="Begun.")
    for more in ({"body": ""}, {"body": "Changed.", "preview": "1"}):
        form = form_of(ada.get(place), "body")
        back = ada.post(form.action, data={**form.fields, **more}, headers=FROM_HERE)
        assert "data-unsaved" in back.text
        again = form_of(back, "body", "draft")
        assert again.fields["body"] == more["body"]
        assert again.fields["sequence"] == str(drafts()[0].sequence)
    assert "data-unsaved" not in ada.get(place).text


def test_what_cannot_be_kept_is_given_back_with_the_reason(cast, browser_of, place, monkeypatch):
    ada = browser_of(cast.ada)
    page = ada.get(place)
    long = begun(ada, page, body="a" * (LONGEST + 1))
    assert (long.status_code, "at most 24000 characters" in long.text) == (403, True)
    assert form_of(long, "body").fields["body"] == "a" * (LONGEST + 1)
    monkeypatch.setitem(LIMITS, "draft", Limit(1, LIMITS["draft"].within))
    begun(ada, page, body="Once.")
    page = ada.get(place)
    for answer in (begun(ada, page, body="Too often."), by_script(ada, page, body="Too often.")):
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
        assert "often within a short time" in answer.text
    assert bodies() == ["Once."]

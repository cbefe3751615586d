"""All that is kept of a member, and of nobody else, in one file, for whoever knows the password."""

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import html5lib
import pytest
from sqlalchemy import select

from forum.accounts.actions import muting, roles, tickets
from forum.core import holdings
from forum.core.db import session
from forum.core.holdings import HOLDINGS
from forum.drafts import actions as drafts
from forum.drafts.targets import in_thread
from forum.essays.actions import publish
from forum.moderation.actions import flagging, handling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Note
from forum.notices.actions import levels, seeing
from forum.pages import actions as house
from forum.rules import actions as rules
from forum.rules import queries as rules_queries
from forum.threads.actions import changing, keeping
from forum.threads.models import Reply
from forum.waiting import actions as waiting
from forum.waiting.models import FIRST
from tests import make
from tests.accounts.second_factor import set_up
from tests.threads.sending import FROM_HERE


@pytest.fixture
def dario(cast, thread, browser_of):
    """An admin of whom there is something of everything; bruno's and carla's words stand beside it."""
    muting.mute(cast.carla, by=cast.dario)
    roles.appoint(cast.dario, make.theme().id, by=cast.dario)
    tickets.invite(cast.dario)
    opened = make.thread(cast.dario, title="Marmalade", text="Quinces <b>first</b>.")
    reply = make.aged(make.reply(cast.dario, thread, "Persimmons, five.", passage=1, quote="both banks"))
    asked = make.reply(cast.bruno, opened, "Medlars? @dario")
    make.answer(cast.dario, asked, "Sloes.")
    for word in ("Persimmons, six.", "Persimmons, seven."):
        changing.edit(reply, kind="lived", source=word, by=cast.dario, reason="I counted.")
    changing.withdraw(make.reply(cast.dario, thread, "Rowan."), by=cast.dario)
    keeping.hide_reply(make.reply(cast.dario, thread, "Barberries."), reason="Too sour.", by=cast.carla)
    drafts.keep(in_thread(thread.id), {"body": "Cornelian cherries"}, known=0, by=cast.dario)
    seeing.see(cast.dario.id, "thread", opened.id, [asked.id])
    levels.choose("thread", opened.id, "mute", by=cast.dario)
    drafts.keep(in_thread(thread.id), {"body": "Hawthorn"}, known=0, by=cast.bruno)
    keeping.lock(opened, reason="We eat.", by=cast.dario)
    publish(replace(make.ESSAY, note="anew"), by=cast.dario, into=thread.essay)
    rules.begin()
    known = rules_queries.version()
    rules.change({**known.sources, "en": known.sources["en"] + "\nOurs."}, note="One more.", known=1, by=cast.dario)
    waiting.hold(thread, None, make.words("Whortleberries."), by=cast.dario, form_key="a form", draft=0, why=FIRST)
    flagging.flag(asked, Complaint("wounds", line="It hurts."), by=cast.dario)
    flagging.flag(reply, Complaint("wounds", line="Not this."), by=cast.bruno)
    for case in session().scalars(select(Case)).all():
        handling.note(case, "I know them." if case.author_id == cast.bruno.id else "Hm.", by=cast.carla)
        handling.close(case, "nothing", by=cast.carla)
    session().add(Note(case_id=case.id, by_id=cast.dario.id, text="I leave it to you.", at=case.opened_at))
    session().commit()
    house.edit("about", "en", "Ours.", by=cast.dario)
    set_up(cast.dario)
    return browser_of(cast.dario)


def download(client):
    return client.post("/rights/download", headers=FROM_HERE, buffered=True)


def opened(answer):
    """Return (the JSON, the page) of a download."""
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def test_the_file_holds_something_of_all_that_is_declared(dario, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    answer = download(dario)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "application/zip",
        "no-store",
    )
    told, page = opened(answer)
    for key, holding in HOLDINGS.items():
        if holding.told:
            assert told.get(key), f"{key}: nothing is told of it"
            assert all(set(record) == set(holding.fields) for record in told[key]), key
            assert f'<h2 id="{key}">' in page
    assert [record["text"] for record in told["replies"]] == ["Persimmons, seven.", "Sloes.", "Rowan.", "Barberries."]
    assert [record["text"] for record in told["revisions"]] == ["Persimmons, five.", "Persimmons, six."]
    assert (told["replies"][0]["words"], told["replies"][3]["reason"]) == ("both banks", "Too sour.")
    asked = session().scalar(select(Reply.id).where(Reply.source.startswith("Medlars")))
    assert told["replies"][1]["answers"].endswith(f"/replies/{asked}")
    assert "Too sour." in [entry["reason"] for entry in told["log"]]


def test_of_others_there_is_nothing_in_it_but_addresses(dario, cast):
    told, page = opened(download(dario))
    everything = json.dumps(told)
    for secret in ("Medlars", "Hawthorn", "Not this.", "I know them.", "bruno", cast.carla.email, "$argon2"):
        assert secret not in everything, secret
        assert secret not in page, secret


def test_the_page_is_one_that_any_browser_reads_and_no_word_of_it_is_markup(dario, cast):
    _told, page = opened(download(dario))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert "Quinces <b>first</b>." in "".join(tree.itertext())
    assert not list(tree.iter("script"))


def test_it_speaks_the_language_of_its_member(dario, cast):
    answer = dario.post("/rights/download", headers={**FROM_HERE, "Accept-Language": "it"}, buffered=True)
    _told, page = opened(answer)
    assert '<html lang="it">' in page
    assert "I tuoi interventi" in page


@pytest.mark.one_database
def test_three_times_a_day_is_enough(cast, browser_of, later):
    ada = browser_of(cast.ada)
    assert [download(ada).status_code for _ in range(3)] == [200] * 3
    again = download(ada)
    assert (again.status_code, "You can go on in 24 hours." in again.text) == (429, True)
    assert download(browser_of(cast.bruno)).status_code == 200
    later(days=1, seconds=1)
    assert download(browser_of(cast.ada)).status_code == 200


@pytest.mark.one_database
def test_a_visitor_is_asked_to_log_in(visitor):
    assert visitor.get("/rights").headers["Location"] == "/login?next=/rights"
    assert download(visitor).status_code == 401

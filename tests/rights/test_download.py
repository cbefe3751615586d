"""All that is kept of a member, and of nobody else, in one file, for whoever knows the password."""

import json
from io import BytesIO
from zipfile import ZipFile

import html5lib
import pytest
from sqlalchemy import select

from forum.core import holdings
from forum.core.db import session
from forum.core.holdings import HOLDINGS
from forum.threads.models import Reply
from tests.threads.sending import FROM_HERE


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

"""Over every address that there is: nobody but its owner finds a commitment, and nothing leads from an unsigned note to a name."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from forum.accounts import queries as accounts
from forum.commitments import queries
from forum.commitments.actions.committing import Words
from forum.core import background
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from tests import make
from tests.addresses import addresses, furnish
from tests.cast import person
from tests.commitments.noted import commitment, note
from tests.threads.sending import FROM_HERE

SECRETS = ("whortleberry", "second cousins", "peel a lime")


@pytest.fixture
def parts(app, cast):
    """An address for each route; greta, of whom there is nothing else here, has noted two things and told of one, unsigned."""
    found = furnish(cast)
    greta = person("greta")
    kept = commitment(greta, Words(*SECRETS), ask_on=queries.today())
    told = note(greta)
    flagging.flag(told, Complaint("wounds"), by=cast.bruno)
    background.work(app)
    make.unlimited()
    return {**found, "commitment_id": kept.id, "note_id": told.id}


def test_no_page_feed_or_form_of_anyone_else_tells_of_it(app, cast, parts, visitor, browser_of, statements):
    readers = {"visitor": visitor, **{name: browser_of(getattr(cast, name)) for name in ("bruno", "carla", "dario")}}
    shown, asked = set(), []
    for name, client in readers.items():
        for path in addresses(app, "GET", parts):
            with statements() as found:
                page = client.get(path).text
            asked += found
            for secret in SECRETS:
                assert secret not in page, f"{name} finds {secret!r} at {path}"
            if "I peeled an orange." in page:
                shown.add(path)
                assert "greta" not in page, f"{name} finds whose it is at {path}"
    assert {"/themes/mistrust", f"/commitments/notes/{parts['note_id']}", "/commitments/themes/mistrust"} <= shown
    of_theirs = [one for one in asked if " commitments" in one.partition("FROM")[2].replace("\n", " ")]
    assert of_theirs
    assert not [one for one in of_theirs if "commitments.member_id = " not in one]
    assert not [one for one in asked if "JOIN commitments" in one]


def test_the_files_that_others_take_along_hold_nothing_of_it(cast, parts, browser_of):
    for member in (cast.bruno, cast.carla, cast.dario):
        client = browser_of(member)
        answer = client.post("/rights/download", headers=FROM_HERE, buffered=True)
        with ZipFile(BytesIO(answer.data)) as archive:
            told = json.loads(archive.read("data.json"))
        assert told["commitments"] == []
        assert not [secret for secret in (*SECRETS, "greta") if secret in json.dumps(told)]


def test_its_owner_finds_all_of_it(parts, browser_of):
    greta = browser_of(accounts.named("greta"))
    page = greta.get("/commitments").text
    assert all(secret in page for secret in SECRETS)
    assert "You wanted to be asked: what came of it?" in page


@pytest.mark.one_database
def test_whoever_was_logged_out_meanwhile_finds_the_words_in_the_page_that_asks_them_to_log_in(app, cast):
    sent = {"when": "w", "among": "second cousins", "will": "peel a lime", "form_key": "k"}
    page = app.test_client().post("/commitments/new/mistrust", data=sent, headers=FROM_HERE).text
    assert "peel a lime" in page
    assert "/commitments/new/mistrust" in page

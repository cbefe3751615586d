import pytest
from sqlalchemy import select

from forum.core.config import LOCALES
from forum.core.db import session
from forum.core.log import LogEntry
from forum.pages import actions, queries
from forum.pages.models import HouseText
from tests.threads.sending import FROM_HERE, form_of, send

pytestmark = pytest.mark.one_database

NAMES = sorted(queries.TITLES)
OURS = {"en": "Welcome, **you**.", "it": "Benvenuti, **voi**."}


ACCEPTED = {
    "it": "it",
    "it-CH, en;q=0.5": "it",
    "en-GB;q=0.5, IT;q=0.6": "it",
    "fi, sv, it;q=0.1": "it",
    "it;q=0, en;q=0.1": "en",
    "fi, sv": "en",
    "*": "en",
    "": "en",
    ";;q=x,,": "en",
}


@pytest.fixture
def dario(cast, browser_of):
    return browser_of(cast.dario)


def in_language(client, path: str, language: str) -> str:
    return client.get(path, headers={"Accept-Language": language}).text


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_the_house_comes_along_in_every_language(app, visitor, name, language):
    source, html = queries.original(name, language)
    page = in_language(visitor, f"/{name}", language)
    assert f'<html lang="{language}">' in page
    assert all(part in page for part in html.split(queries.KEPT))
    assert len(source) > 200


@pytest.mark.parametrize("name", NAMES)
def test_no_page_of_the_house_is_the_same_in_two_languages(name):
    assert len({queries.original(name, language) for language in LOCALES}) == len(LOCALES)


def test_a_reader_is_shown_the_language_they_chose_else_the_one_their_browser_asks_for(app, visitor):
    for accepted, language in ACCEPTED.items():
        assert f'<html lang="{language}">' in in_language(visitor, "/about", accepted), accepted
    visitor.get("/language/it?next=/about")
    assert '<html lang="it">' in in_language(visitor, "/about", "en")


@pytest.mark.every_database
def test_an_admin_writes_the_page_anew_in_one_language(dario, visitor):
    page = dario.get("/pages/about/it")
    assert form_of(page, "source").fields["source"] == queries.original("about", "it")[0]
    sent = send(dario, page, source=OURS["it"])
    assert (sent.status_code, sent.headers["Location"]) == (303, "/about")
    assert "Benvenuti, <strong>voi</strong>." in in_language(visitor, "/about", "it")
    assert queries.original("about", "en")[1] in in_language(visitor, "/about", "en")


@pytest.mark.every_database
def test_empty_brings_back_the_wording_that_comes_along(dario, visitor):
    send(dario, dario.get("/pages/rules/en"), source=OURS["en"])
    assert form_of(dario.get("/pages/rules/en"), "source").fields["source"] == OURS["en"]
    send(dario, dario.get("/pages/rules/en"), source="")
    assert queries.original("rules", "en")[1] in in_language(visitor, "/rules", "en")
    assert session().scalars(select(HouseText)).all() == []
    assert send(dario, dario.get("/pages/rules/en"), source="").status_code == 303


def test_a_text_that_is_too_long_is_refused_and_stays(dario):
    long = "x" * 20_001
    refused = send(dario, dario.get("/pages/about/en"), source=long)
    assert refused.status_code == 422
    assert "This is 1 characters too long" in refused.text
    assert form_of(refused, "source").fields["source"] == long


def test_what_an_admin_writes_is_as_safe_as_what_anyone_writes(cast, visitor):
    actions.edit("about", "en", "<script>x</script> [y](javascript:1)", by=cast.dario)
    page = in_language(visitor, "/about", "en")
    assert "<script>x" not in page
    assert 'href="javascript' not in page


def test_who_wrote_a_page_and_when_is_known(cast, app):
    actions.edit("about", "en", OURS["en"], by=cast.dario)
    own = session().get_one(HouseText, ("about", "en"))
    assert (own.edited_by_id, own.edited_at is None) == (cast.dario.id, False)
    assert session().scalars(select(LogEntry)).all() == []


@pytest.mark.parametrize("name", ["ada", "carla", "elena"])
def test_only_admins_write_the_pages_of_the_house(cast, browser_of, name):
    client = browser_of(getattr(cast, name))
    answers = [client.get("/pages/about/en"), client.post("/pages/about/en", data={"source": "Mine."})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert session().scalars(select(HouseText)).all() == []
    assert "/pages/about" not in client.get("/about").text


def test_a_visitor_is_asked_to_log_in_and_loses_nothing(visitor):
    assert visitor.get("/pages/about/en").headers["Location"] == "/login?next=/pages/about/en"
    answer = visitor.post("/pages/about/en", data={"source": OURS["en"]}, headers=FROM_HERE)
    assert (answer.status_code, OURS["en"] in answer.text) == (401, True)


@pytest.mark.parametrize(
    "path", ["/pages/about/fr", "/pages/nothing/en", "/pages/..%2fabout/en", "/pages/about/en%00", "/pages/about/"]
)
def test_a_page_that_the_house_does_not_have_is_none(dario, path):
    assert dario.get(path).status_code == 404
    assert dario.post(path, data={"source": "x"}).status_code in {404, 405}
    assert session().scalars(select(HouseText)).all() == []


def test_an_admin_finds_the_way_to_edit_and_nobody_else_does(dario, visitor):
    for name in NAMES:
        page = dario.get(f"/{name}").text
        assert [f'href="/pages/{name}/{language}"' in page for language in LOCALES] == [True] * len(LOCALES)
        assert f"/pages/{name}" not in visitor.get(f"/{name}").text


def test_the_door_begins_with_the_essay(app, visitor):
    page = visitor.get("/").text
    assert page.index("On Bridges") < page.index("Polarization") < page.index("Mistrust")
    assert "A bridge is built from both banks at once." in page


def test_robots_are_kept_from_the_doors_and_from_nothing_else(app, visitor):
    answer = visitor.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /threads" not in answer.text


def test_the_page_of_parts_is_for_developers_only(app, visitor, dario):
    assert visitor.get("/patterns").status_code == dario.get("/patterns").status_code == 404

"""The rules of the house: numbered, in every language, changed by admins only, and readable as they stood."""

import re

import pytest
from sqlalchemy import func, select

from forum.core import log
from forum.core.config import LOCALES
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.rules import actions, queries
from forum.rules.models import RulesVersion
from forum.rules.reading import Unreadable, alike, original, read
from tests.threads.sending import form_of, send
from tests.together import at_once

OURS = {"en": "# kind: Be kind\n\nTo everyone.\n", "it": "# kind: Gentilezza\n\nCon tutti.\n"}


@pytest.fixture
def begun(app):
    actions.begin()


@pytest.fixture
def dario(cast, begun, browser_of):
    return browser_of(cast.dario)


def publish(by, **sources):
    return actions.change({**OURS, **sources}, note="Shorter.", known=queries.latest(), by=by)


def test_the_rules_that_come_along_are_the_same_in_every_language():
    rules = {locale: read(original(locale)) for locale in LOCALES}
    alike(rules)
    assert {"person", "threats", "expose", "law", "theme"} <= {rule.key for rule in rules["en"]}
    assert len({tuple(rule.title for rule in of) for of in rules.values()}) == len(LOCALES)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("", "at least one"),
        ("Words first.\n# kind: Be kind\nx", "begins with the first rule"),
        ("# Kind: Be kind\nx", "like “# key: Title”"),
        ("# kind Be kind\nx", "like “# key: Title”"),
        ("# kind: A\nx\n# kind: B\ny", "Two rules have the key kind"),
        ("# kind: A\n\n# calm: B\ny", "The rule kind has a title and no text"),
        ("\n".join(f"# k{'a' * n}: A\nx" for n in range(1, 28)) * 2, "Two rules"),
    ],
)
def test_what_cannot_be_read_as_rules_says_why(app, source, why):
    with pytest.raises(Unreadable, match=why):
        read(source)


def test_everyone_reads_the_rules_numbered_and_with_an_address_each(cast, begun, visitor):
    page = visitor.get("/rules", headers={"Accept-Language": "it"}).text
    for rule in read(original("it")):
        assert f'<li id="{rule.key}">' in page
        assert rule.title in page
    assert "/rules/edit" not in page
    assert queries.choices("en")[2] == ("person", "3. Take up the thought and leave the person whole")


def test_a_forum_begins_with_one_version_however_often_it_is_made_ready(app):
    at_once(app, actions.begin, actions.begin)
    actions.begin()
    assert session().scalar(select(func.count()).select_from(RulesVersion)) == 1


def test_a_rule_can_be_read_as_it_stood_when_something_was_decided_by_it(cast, begun, visitor):
    then, title = queries.latest(), queries.title(queries.latest(), "person", "en")
    assert publish(cast.dario)
    path, _, key = queries.address(then, "person").partition("#")
    page = visitor.get(path).text
    assert f'<li id="{key}">' in page
    assert title in page
    assert title not in visitor.get("/rules").text
    assert queries.title(then, "person", "it") != title
    assert queries.title(queries.latest(), "person", "en") == "person"
    assert visitor.get("/rules/versions/3").status_code == 404


def test_the_versions_say_what_changed_by_whose_role_and_why(cast, begun, visitor):
    publish(cast.dario)
    publish(cast.dario, en=OURS["en"].replace("everyone", "all"))
    page = visitor.get("/rules/versions").text
    assert re.search(r"<del>.*everyone.*</del>.*<ins>.*all.*</ins>", page, re.DOTALL)
    assert page.index('id="v3"') < page.index('id="v2"') < page.index('id="v1"')
    assert "published version <a" in visitor.get("/moderation/log?act=house").text
    entry = session().scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert (entry.act, entry.reason, entry.detail) == ("change_rules", "Shorter.", "3")
    assert log.verify().broken is None


def test_an_admin_previews_and_then_publishes(dario, visitor):
    page = dario.get("/rules/edit")
    assert form_of(page, "note").fields["en"].startswith("# speak:")
    shown = send(dario, page, note="Shorter.", preview="1", **OURS)
    assert (shown.status_code, queries.latest()) == (200, 1)
    assert "Gentilezza</h2>" in shown.text
    form = form_of(shown, "note").fields
    assert (form["en"], form["note"]) == (OURS["en"].strip(), "Shorter.")
    sent = send(dario, shown, note="Shorter.", **OURS)
    assert (sent.status_code, sent.headers["Location"], queries.latest()) == (303, "/rules", 2)
    assert "Be kind" in visitor.get("/rules").text


def test_rules_that_cannot_be_read_or_differ_between_languages_are_refused_and_stay(dario):
    page = dario.get("/rules/edit")
    refused = send(dario, page, note="x", en=OURS["en"], it=OURS["it"].replace("kind", "calm"))
    assert refused.status_code == 422
    assert "Every language has the same keys" in refused.text
    assert "Gentilezza" in form_of(refused, "note").fields["it"]
    assert queries.latest() == 1


def test_of_two_admins_who_change_the_rules_at_once_the_second_is_told_and_loses_nothing(cast, dario):
    page = dario.get("/rules/edit")
    publish(cast.dario)
    other = {"en": OURS["en"].replace("everyone", "nobody"), "it": OURS["it"]}
    told = send(dario, page, note="Mine.", **other)
    assert told.status_code == 409
    assert "Somebody published other rules meanwhile" in told.text
    assert "nobody" in form_of(told, "note").fields["en"]
    assert send(dario, told, note="Mine.", **other).status_code == 303
    assert queries.latest() == 3


def test_nothing_changes_where_the_text_is_the_same(cast, begun):
    publish(cast.dario)
    publish(cast.dario)
    assert queries.latest() == 2


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["ada", "carla", "elena"])
def test_nobody_but_admins_changes_the_rules(cast, begun, browser_of, name):
    with pytest.raises(Refused):
        publish(getattr(cast, name))
    assert browser_of(getattr(cast, name)).get("/rules/edit").status_code == 403

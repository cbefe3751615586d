"""An admin brings in an essay: pasted or uploaded, looked at first, then published."""

import pytest
from sqlalchemy import func, select

from forum.core.db import session
from forum.essays import queries
from forum.essays.importing import MAX_BYTES
from forum.essays.models import Edition, Essay
from forum.themes import queries as themes
from tests import make
from tests.threads.sending import FROM_HERE, form_of, options, send

pytestmark = pytest.mark.one_database

PATH = "/essays/import"
TEXT = """On Walls
By Gino

A wall has two sides, and so has every question.

Whoever built it stood on one of them.
"""
MARKDOWN = """---
title: Sui muri
author: Gino
language: it
themes:
  - key: mistrust
    name: Diffidenza
    question: Che cosa ti ha insegnato a diffidare?
    passages: [1, 2]
  - key: silence
    name: Silenzio
    question: Quando hai taciuto?
    passages: []
---

Un muro ha due lati, e così ogni domanda.

Chi lo costruì stava da una parte.
"""
THEMES = "Trust | What then? | 1-2"


@pytest.fixture
def dario(cast, browser_of):
    return browser_of(cast.dario)


def number_of(table) -> int:
    return session().execute(select(func.count()).select_from(table)).scalar_one()


def upload(client, data: bytes, name: str):
    """Send a file by the first page's form, as a browser does."""
    parts = [
        f'name="{field}"\r\n\r\n{value}'.encode() for field, value in form_of(client.get(PATH), "text").fields.items()
    ]
    parts = [part for part in parts if not part.startswith(b'name="file"')]
    parts.append(f'name="file"; filename="{name}"\r\n\r\n'.encode() + data)
    body = b"".join(b"--cut\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return client.post(PATH, data=body, content_type="multipart/form-data; boundary=cut", headers=FROM_HERE)


def publish(client, seen, **filled: str):
    """Press "Publish" on the page that shows what was taken for what."""
    form = form_of(seen, "themes", "text")
    return client.post(PATH, data={**form.fields, **filled, "publish": "1"}, headers=FROM_HERE)


@pytest.mark.every_database
def test_a_pasted_text_is_shown_first_and_published_then(dario):
    seen = send(dario, dario.get(PATH), text=TEXT)
    assert seen.status_code == 200
    for taken in ("On Walls", "Gino", "A wall has two sides", "Whoever built it"):
        assert taken in seen.text
    assert number_of(Essay) == 1
    done = publish(dario, seen, themes=THEMES)
    essay = queries.titled("On Walls")
    assert (done.status_code, essay.author, essay.edition_number) == (303, "Gino", 1)
    page = dario.get(done.headers["Location"]).text
    assert "The essay is published." in page
    assert "Whoever built it stood on one of them." in page
    assert themes.by_key("trust").question == "What then?"


@pytest.mark.parametrize(("data", "name"), [
    (MARKDOWN.encode(), "muri.md"),
    (("\ufeff" + MARKDOWN).encode(), "muri.md"),
    (MARKDOWN.replace("\n", "\r\n").encode(), "muri.txt"),
    (MARKDOWN.encode("windows-1252"), "muri.md"),
    (MARKDOWN.encode("utf-16"), "muri.md"),
])  # fmt: skip
def test_an_uploaded_file_is_published_as_it_was_shown(dario, data, name):
    seen = upload(dario, data, name)
    assert seen.status_code == 200
    assert "Un muro ha due lati, e così ogni domanda." in seen.text
    assert publish(dario, seen).status_code == 303
    passages = [passage["text"] for passage in queries.current(queries.titled("Sui muri")).content]
    assert passages == ["Un muro ha due lati, e così ogni domanda.", "Chi lo costruì stava da una parte."]


def test_a_page_that_was_saved_is_read_as_one(dario):
    page = b"<!doctype html><title>On Walls</title><article><h1>On Walls</h1><p>A wall has two sides.</p><p>So it has.</p></article>"
    seen = upload(dario, page, "walls.html")
    assert seen.status_code == 200
    assert publish(dario, seen, themes=THEMES).status_code == 303
    assert [p["text"] for p in queries.current(queries.titled("On Walls")).content] == [
        "A wall has two sides.",
        "So it has.",
    ]


def test_a_themes_own_key_outlives_its_name_in_another_language(dario, cast):
    make.reply(cast.ada)
    seen = upload(dario, MARKDOWN.encode(), "muri.md")
    kept = form_of(seen, "themes", "text").fields["themes"]
    assert "Diffidenza | Che cosa ti ha insegnato a diffidare? | 1, 2" in kept
    publish(dario, seen)
    assert [(t.key, t.name, t.reply_count) for t in themes.everything()] == [
        ("polarization", "Polarization", 0),
        ("mistrust", "Diffidenza", 1),
        ("silence", "Silenzio", 0),
    ]


@pytest.mark.every_database
def test_themes_typed_by_their_name_are_the_ones_that_the_forum_has(dario):
    seen = send(dario, dario.get(PATH), text=TEXT)
    publish(dario, seen, themes="mistrust | Why so wary? | 1\nHope | What then? | 2")
    assert [theme.key for theme in themes.everything()] == ["polarization", "mistrust", "hope"]
    assert themes.by_key("mistrust").question == "Why so wary?"


def test_without_themes_it_is_not_published_and_stays_on_the_page(dario):
    seen = send(dario, dario.get(PATH), text=TEXT)
    refused = publish(dario, seen)
    assert refused.status_code == 422
    assert "This essay names no themes. Please give at least one." in refused.text
    assert number_of(Essay) == 1
    assert publish(dario, refused, themes=THEMES).status_code == 303


def test_a_mistake_in_the_themes_is_named_and_nothing_typed_is_lost(dario):
    seen = send(dario, dario.get(PATH), text=TEXT)
    refused = publish(dario, seen, themes="Trust | What then? | 1-9")
    assert refused.status_code == 422
    assert "Line 1: “1-9” is no passage of this essay, which has 2." in refused.text
    kept = form_of(refused, "themes", "text").fields
    assert kept["themes"] == "Trust | What then? | 1-9"
    assert "A wall has two sides" in kept["text"]
    assert publish(dario, refused, themes=THEMES).status_code == 303


def test_a_known_title_is_offered_as_a_new_edition(dario, thread):
    text = f"{make.ESSAY.title}\n\nA bridge is built from both banks.\n\n" + "\n\n".join(make.ESSAY.passages[1:])
    seen = send(dario, dario.get(PATH), text=text)
    assert options(seen, "into") == ["", str(thread.essay_id)]
    assert f'<option selected value="{thread.essay_id}">' in seen.text
    done = publish(dario, seen, into=str(thread.essay_id))
    assert done.headers["Location"] == f"/threads/{thread.id}-{thread.slug}"
    edition = queries.current(queries.everything()[0])
    assert (edition.number, [p["key"] for p in edition.content]) == (2, ["p1", "p2", "p3", "p4"])
    assert edition.content[0]["themes"] == ["polarization"]


@pytest.mark.every_database
def test_a_text_goes_into_the_essay_that_was_chosen(dario, thread):
    publish(dario, send(dario, dario.get(PATH), text=TEXT), into=str(thread.essay_id))
    assert [(essay.title, essay.edition_number) for essay in queries.everything()] == [("On Walls", 2)]


@pytest.mark.parametrize("into", ["2000000000", "x", "-1", "9" * 30, "٣"])
def test_an_essay_that_is_none_is_no_target(dario, into):
    done = publish(dario, send(dario, dario.get(PATH), text=TEXT), into=into, themes=THEMES)
    assert done.status_code == 303
    assert number_of(Essay) == 2


def test_the_same_text_again_makes_no_edition(dario):
    for _ in range(2):
        assert publish(dario, upload(dario, MARKDOWN.encode(), "muri.md")).status_code == 303
    assert number_of(Edition) == 2


@pytest.mark.parametrize(("data", "why"), [
    (b"", "This is empty: there is no text in it."),
    (b" \n\n ", "This is empty"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is not text that can be read."),
    (b"%PDF-1.7 and so on", "This is not text that can be read."),
    (b"Title\n\n" + b"a" * MAX_BYTES, "This is larger than 1000 kB"),
    (b"Only a title", "No text was found below the title"),
    (b"---\ntitle: [\n---\n\nText.", "The header cannot be understood"),
])  # fmt: skip
def test_what_is_no_essay_is_refused_in_words(dario, data, why):
    refused = upload(dario, data, "file.md")
    assert refused.status_code == 422
    assert why in refused.text
    assert number_of(Essay) == 1


def test_nothing_at_all_is_refused_in_words(dario):
    refused = send(dario, dario.get(PATH), text="")
    assert refused.status_code == 422
    assert "This is empty" in refused.text


def test_what_is_far_too_large_is_refused_before_it_is_read(dario):
    answer = upload(dario, b"Title\n\n" + b"a" * 1_600_000, "file.md")
    assert answer.status_code == 413
    assert "larger than any text here may be" in answer.text


def test_a_pasted_text_that_is_no_essay_stays_in_its_field(dario):
    refused = send(dario, dario.get(PATH), text="Only a title")
    assert refused.status_code == 422
    assert form_of(refused, "text").fields["text"] == "Only a title"


def test_what_an_essay_holds_is_shown_as_words(dario):
    text = "On <script>alert(1)</script>\n\nA wall <img src=x> has two sides.\n\n</textarea><script>x</script> it has."
    seen = send(dario, dario.get(PATH), text=text)
    done = publish(dario, seen, themes="<b>Trust</b> | <i>What</i> then? | 1-2")
    pages = [seen.text, dario.get(done.headers["Location"]).text, dario.get("/").text, dario.get("/threads").text]
    for page in pages:
        assert not [tag for tag in ("<script>alert", "<img src=x", "<script>x", "<b>Trust", "<i>What") if tag in page]


@pytest.mark.parametrize("name", ["ada", "carla", "elena"])
def test_only_admins_come_in(cast, browser_of, name):
    client = browser_of(getattr(cast, name))
    answers = [client.get(PATH), client.post(PATH, data={"text": TEXT, "themes": THEMES, "publish": "1"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert number_of(Essay) == 1
    assert PATH not in client.get("/").text


def test_a_visitor_is_asked_to_log_in(visitor):
    assert visitor.get(PATH).headers["Location"] == f"/login?next={PATH}"
    assert visitor.post(PATH, data={"text": TEXT, "publish": "1"}).status_code == 401

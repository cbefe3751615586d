import pytest
from sqlalchemy import func, select

from forum.core.db import Site, session
from forum.essays import queries
from forum.essays.models import Edition
from forum.themes import queries as themes
from tests import make

pytestmark = pytest.mark.one_database

TEXT = (
    "On Walls\nBy Gino\n\nA wall has two sides, and so has every question.\n\nWhoever built it stood on one of them.\n"
)
LINES = "Trust | What then? | 1-2\nMistrust | Why so wary? | 2\n"


@pytest.fixture
def command(app, tmp_path):
    """Return a function that runs `forum essay import` on texts put into files; a file is given as {"name": text}."""

    def run(*args: object, **files: str | bytes):
        for name, text in files.items():
            (tmp_path / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
        given = [str(tmp_path / f"{arg}.txt") if arg in files else str(arg) for arg in args]
        return app.test_cli_runner().invoke(args=["essay", "import", *given])

    return run


def editions() -> int:
    return session().execute(select(func.count()).select_from(Edition)).scalar_one()


def test_a_dry_run_shows_what_would_be_taken_for_what_and_writes_nothing(command):
    before = session().get_one(Site, 1).pulse
    done = command("essay", "--dry-run", essay=TEXT)
    assert done.exit_code == 0
    for line in (
        "title  On Walls",
        "author  Gino",
        "published  (none)",
        "1  A wall has two sides",
        "2  Whoever built it",
    ):
        assert line in done.output
    assert done.output.endswith("Nothing was written.\n")
    assert (editions(), session().get_one(Site, 1).pulse) == (1, before)


def test_themes_come_from_a_file(command):
    done = command("essay", "--themes", "lines", essay=TEXT, lines=LINES)
    essay = queries.titled("On Walls")
    assert done.output.endswith(f"Published as edition 1 of essay {essay.id}.\n")
    assert [p["themes"] for p in queries.current(essay).content] == [["trust"], ["trust", "mistrust"]]
    assert [theme.key for theme in themes.everything()] == ["polarization", "mistrust", "trust"]


def test_a_dry_run_shows_the_themes_of_a_file(command):
    done = command("essay", "--dry-run", "--themes", "lines", essay=TEXT, lines=LINES)
    assert "theme  Trust: 1, 2" in done.output
    assert "[trust, mistrust]" in done.output
    assert editions() == 1


@pytest.mark.every_database
def test_a_new_edition_goes_into_the_essay_that_is_named(command):
    number = queries.everything()[0].id
    done = command("essay", "--into", number, essay=TEXT)
    assert done.output.endswith(f"Published as edition 2 of essay {number}.\n")
    assert [(essay.title, essay.edition_number) for essay in queries.everything()] == [("On Walls", 2)]


@pytest.mark.every_database
def test_a_known_title_is_a_new_edition_and_inherits_its_themes(command):
    done = command(
        "essay", essay=f"{make.ESSAY.title}\n\n" + "\n\n".join(["New first words.", *make.ESSAY.passages[1:]])
    )
    assert done.exit_code == 0
    edition = queries.current(queries.everything()[0])
    assert (edition.number, edition.content[0]["themes"]) == (2, ["polarization"])


def test_the_same_text_again_is_said_to_be_nothing_new(command):
    command("essay", "--themes", "lines", essay=TEXT, lines=LINES)
    done = command("essay", essay=TEXT)
    assert "Nothing new; it stands as edition 1" in done.output
    assert editions() == 2


def test_an_essay_without_themes_asks_for_them(app, tmp_path):
    file = tmp_path / "essay.txt"
    file.write_text(TEXT)
    done = app.test_cli_runner().invoke(args=["essay", "import", str(file)], input="Trust | What then? | 1-2\n\n")
    assert "This essay names no themes." in done.output
    assert done.exit_code == 0
    assert themes.by_key("trust").question == "What then?"


def test_an_essay_that_gets_no_themes_is_refused_in_words(app, tmp_path):
    file = tmp_path / "essay.txt"
    file.write_text(TEXT)
    done = app.test_cli_runner().invoke(args=["essay", "import", str(file)], input="\n")
    assert (done.exit_code, editions()) == (1, 1)
    assert done.output.endswith("Error: This essay names no themes. Please give at least one.\n")


@pytest.mark.parametrize(("args", "files", "why"), [
    (("nowhere.md",), {}, "nowhere.md cannot be read: No such file or directory."),
    (("/",), {}, "/ cannot be read: Is a directory."),
    (("essay",), {"essay": ""}, "essay.txt: This is empty: there is no text in it."),
    (("essay",), {"essay": b"\x89PNG\r\n\x1a\n\x00\x01"}, "essay.txt: This is not text that can be read."),
    (("essay", "--into", 2_000_000_000), {"essay": TEXT}, "There is no essay 2000000000."),
    (("essay", "--into", "9" * 20), {"essay": TEXT}, "is not in the range"),
    (("essay", "--into", 0), {"essay": TEXT}, "is not in the range"),
    (("essay", "--themes", "nowhere"), {"essay": TEXT}, "nowhere cannot be read"),
    (("essay", "--themes", "lines"), {"essay": TEXT, "lines": "Trust"}, "Line 1: please write name"),
    (("essay", "--themes", "lines"), {"essay": TEXT, "lines": b"\xff\xfe\x00\x01\x02"}, "lines.txt: This is not text"),
    (("essay", "--themes", "lines"), {"essay": TEXT, "lines": "Trust | What? | 3"}, "“3” is no passage"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(command, args, files, why):
    done = command(*args, **files)
    assert done.exit_code != 0
    assert why in done.output
    assert "Traceback" not in done.output
    assert (done.exception is None or isinstance(done.exception, SystemExit), editions()) == (True, 1)

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forum.core.config import PACKAGE, setting
from forum.essays.essay_text import EssayText, Unreadable
from forum.essays.importing import read_essay
from forum.essays.reading_bytes import text_of


def seed_file() -> Path:
    """Return the essay that a new forum is seeded with: FORUM_ESSAY, or the one that comes along in FORUM_LOCALE."""
    if given := setting("FORUM_ESSAY"):
        return Path(given).expanduser()
    return PACKAGE / "essays" / "data" / f"dream-of-dialogue.{setting('FORUM_LOCALE')}.md"


class UnreadableFile(Exception):  # noqa: N818 (an answer to the one who gave the file)
    """A file that is no essay; the message names it and says why."""


def read_file(file: Path) -> EssayText:
    """Return the essay in a file. Raises UnreadableFile."""
    with _saying_why(file):
        return read_essay(file.read_bytes(), filename=file.name)


def lines_of(file: Path) -> str:
    """Return a file's text. Raises UnreadableFile."""
    with _saying_why(file):
        return text_of(file.read_bytes())


@contextmanager
def _saying_why(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror}.") from None
    except Unreadable as unreadable:
        raise UnreadableFile(f"{file.name}: {unreadable.sentence % unreadable.values}") from None

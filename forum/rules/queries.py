"""The rules of the house: as they stand, and as they stood when something was decided."""

from dataclasses import dataclass

from sqlalchemy import func, select

from forum.core import i18n
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.rules.models import RulesVersion
from forum.rules.reading import HouseRule, read

VERSIONS = 10  # compared on a page


@dataclass(frozen=True, slots=True)
class Compared:
    """A version, and the text of the one before it ("" for the first)."""

    version: RulesVersion
    before: str


def latest() -> int:
    """Return the number of the version that stands, 0 before the forum was made ready."""
    return session().scalar(select(func.max(RulesVersion.number))) or 0


def version(number: int | None = None) -> RulesVersion | None:
    """Return a version, the one that stands by default."""
    return session().get(RulesVersion, latest() if number is None else number)


def rules(of: RulesVersion | None, locale: str | None = None) -> list[HouseRule]:
    """Return the rules of a version in a language, the reader's by default."""
    return read(source(of, locale or i18n.locale())) if of else []


def source(of: RulesVersion, locale: str) -> str:
    """Return the text of a version in a language; in one that came later than it, in its first."""
    return of.sources.get(locale) or next(iter(of.sources.values()))


def choices(locale: str | None = None) -> list[tuple[str, str]]:
    """Return (key, "3. Title") of each rule that stands: for a form in which someone decides by it."""
    return [(rule.key, f"{rule.number}. {rule.title}") for rule in rules(version(), locale)]


def address(number: int, key: str) -> str:
    """Return where a rule can be read as it stood in a version, whatever becomes of it."""
    return f"/rules/versions/{number}#{key}"


def title(number: int, key: str, locale: str | None = None) -> str:
    """Return what a rule was called in a version, its key where that version has none such."""
    return next((rule.title for rule in rules(version(number), locale) if rule.key == key), key)


def versions(place: Place, locale: str) -> Page[Compared]:
    """Return a page of all versions, newest first, each with the text of the one before it."""
    asked = window(select(RulesVersion), RulesVersion.number, place, VERSIONS, newest_first=True)
    shown = page(session().scalars(asked).all(), VERSIONS, place, lambda row: row.number)
    before = select(RulesVersion).where(RulesVersion.number.in_([row.number - 1 for row in shown.rows]))
    sources = {row.number: source(row, locale) for row in session().scalars(before)}
    compared = [Compared(row, sources.get(row.number - 1, "")) for row in shown.rows]
    return Page(compared, shown.earlier, shown.later)

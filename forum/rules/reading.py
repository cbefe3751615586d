"""The rules of the house as a text that a person can write: each begins with a line `# key: Title`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _

from forum.core import markdown
from forum.core.config import LOCALES, PACKAGE
from forum.core.text import one_line

HEAD = re.compile(r"#\s+(?P<key>[a-z][a-z-]{1,29}):\s+(?P<title>\S.{0,119})", re.ASCII)
MOST = 40


@dataclass(frozen=True, slots=True)
class HouseRule:
    """`number` is its place in the list; its `key` stays the same in every version and language."""

    number: int
    key: str
    title: str
    text: str

    @property
    def html(self) -> str:
        return _rendered(self.text)


class Unreadable(ValueError):  # noqa: N818 (an answer to whoever wrote)
    """What could not be read as rules; its words say why, in the reader's language."""


@lru_cache(maxsize=512)
def _rendered(text: str) -> str:
    return markdown.render(text)


def read(source: str) -> list[HouseRule]:
    """Return the rules that a text holds. Raises Unreadable."""
    found: list[tuple[str, str, list[str]]] = []
    for line in source.splitlines():
        if line.startswith("# "):
            head = HEAD.fullmatch(line.strip())
            if not head:
                raise Unreadable(
                    _("This line should be like “# key: Title”, with a key in small letters: %(line)s", line=line)
                )
            found.append((head["key"], one_line(head["title"]), []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise Unreadable(_("A text begins with the first rule, in a line like “# key: Title”."))
    return _checked(
        [HouseRule(n, key, title, "\n".join(text).strip()) for n, (key, title, text) in enumerate(found, 1)]
    )


def _checked(rules: list[HouseRule]) -> list[HouseRule]:
    keys = [rule.key for rule in rules]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise Unreadable(_("Two rules have the key %(key)s.", key=twice))
    if bare := next((rule for rule in rules if not rule.text), None):
        raise Unreadable(_("The rule %(key)s has a title and no text.", key=bare.key))
    if not 0 < len(rules) <= MOST:
        raise Unreadable(_("There is at least one rule, and there are at most %(most)s.", most=MOST))
    return rules


def alike(by_locale: Mapping[str, Sequence[HouseRule]]) -> None:
    """Raise Unreadable unless all languages have the same rules in the same order."""
    (first, rules), *others = by_locale.items()
    for locale, other in others:
        if [rule.key for rule in rules] != [rule.key for rule in other]:
            languages = f"{LOCALES[first]}, {LOCALES[locale]}"
            raise Unreadable(
                _("Every language has the same keys, in the same order: %(languages)s.", languages=languages)
            )


@lru_cache(maxsize=8)
def original(locale: str) -> str:
    """Return the rules that come along, as a text."""
    return (PACKAGE / "rules" / "data" / f"rules.{locale}.md").read_text(encoding="utf-8")

import re
from random import Random

from forum.core.config import PACKAGE

SECTION = re.compile(r"^# (\w+)\n", re.MULTILINE)
BREAK = "\n---\n"


def read(locale: str) -> dict[str, list[str]]:
    """Return what people say, by section: `# section` begins one, a line of three hyphens parts its texts."""
    text = (PACKAGE / "demo" / f"words.{locale}.md").read_text(encoding="utf-8")
    names, bodies = SECTION.findall(text), SECTION.split(text)[2::2]
    return {name: [said.strip() for said in body.split(BREAK)] for name, body in zip(names, bodies, strict=True)}


class Words:
    """Texts in a shuffled order, each once before any comes again."""

    def __init__(self, rng: Random, locale: str) -> None:
        self.rng = rng
        self.sections = read(locale)
        self.left: dict[str, list[str]] = {}

    def draw(self, section: str) -> str:
        if not self.left.get(section):
            self.left[section] = self.rng.sample(self.sections[section], len(self.sections[section]))
        return self.left[section].pop()

from collections.abc import Mapping

from forum.core.text import legible

NAMES = ("theme", "kind", "title", "body", "reason", "passage", "exact", "prefix", "suffix")


def written(sent: Mapping[str, str]) -> dict[str, str]:
    """Return what a form holds that a draft keeps, as it stands there: it may be wrong or too long still."""
    return {name: legible(sent[name]) for name in NAMES if sent.get(name)}


def sequence(sent: Mapping[str, str]) -> int:
    """Return the number of the draft that a form goes on with, 0 for none."""
    number = sent.get("sequence", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0  # noqa: PLR2004 (as any key)

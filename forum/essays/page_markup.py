"""The tags and the text of an HTML page, one after the other, in time proportional to its length.

A full parser takes minutes for a page of fifty thousand open tags, and as long for one tag with as many
attributes. Paragraphs can be read without building its tree.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_ATTRIBUTES = 60

# The possessive quantifiers (*+, ?+) never try a second reading, so no page is slow.
ATTRIBUTE = r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""
MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"  # a comment
    r"|<(?:[!?]|/(?![a-z]))[^>]*+>?"  # a declaration, or an end tag of nothing
    rf"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:{ATTRIBUTE})*+)[\s/]*+>?",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTES = re.compile(ATTRIBUTE)
# What stands in these is not markup, whatever it looks like, until the end tag of the same name.
RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
# No character has such a number, and turning thousands of digits into one is slow or refused.
LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    is_end: bool
    written: str  # its attributes, as they stand in the page

    def attributes(self) -> dict[str, str]:
        values: dict[str, str] = {}
        if not self.written:
            return values
        for match in islice(ATTRIBUTES.finditer(self.written), MOST_ATTRIBUTES):
            value = match[2] or ""
            quoted = value[:1] in {'"', "'"}
            values.setdefault(match[1].lower(), unescaped(value.strip(value[0]) if quoted else value))
        return values


def read_markup(page: str) -> Iterator[Tag | str]:
    place = 0
    while match := MARKUP.search(page, place):
        if match.start() > place:
            yield unescaped(page[place : match.start()])
        place = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        yield Tag(name, match["end"] == "/", match["attributes"])
        if name in RAW and not match["end"]:
            end = RAW_ENDS[name].search(page, place)
            raw_end = end.start() if end else len(page)
            yield unescaped(page[place:raw_end])
            place = raw_end
    if place < len(page):
        yield unescaped(page[place:])


def unescaped(text: str) -> str:
    return html.unescape(LONG_REFERENCE.sub("", text)) if "&" in text else text

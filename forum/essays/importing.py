"""One door for an essay that comes in as a file or is pasted: Markdown, copied text or a saved page."""

import re

from forum.essays.essay_text import EssayText, ThemeText, Unreadable, checked
from forum.essays.reading_bytes import MAX_BYTES, text_of
from forum.essays.reading_html import read_html
from forum.essays.reading_markdown import read_markdown
from forum.essays.reading_plain import read_plain

__all__ = ["MAX_BYTES", "EssayText", "ThemeText", "Unreadable", "read_essay"]

FRONT_MATTER = re.compile(r"\s*---[ \t]*(?:\n|\Z)")
PAGE_START = re.compile(
    r"\s*(?:<!--|<!doctype\s+html|<\?xml|<(?:html|head|body|title|meta|link|main|article|section|header|div|p|h[1-6])[\s/>])",
    re.IGNORECASE,
)
PAGE_PART = re.compile(r"</(?:p|div|h[1-6]|article|body|html)\s*>|<(?:p|br)\s*/?>", re.IGNORECASE)


def read_essay(data: bytes | str, *, filename: str = "") -> EssayText:
    """Read any of the three shapes; the text decides which, the file's name only where that is in doubt."""
    text = text_of(data)
    if FRONT_MATTER.match(text):
        return checked(read_markdown(text))
    if _is_page(text, filename):
        return checked(read_html(text))
    return checked(read_plain(text))


def _is_page(text: str, filename: str) -> bool:
    has_parts = PAGE_PART.search(text) is not None
    named_so = filename.lower().endswith((".html", ".htm", ".xhtml"))
    return has_parts and (named_so or PAGE_START.match(text) is not None)

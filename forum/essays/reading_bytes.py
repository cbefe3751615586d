"""From the bytes of a file to its text."""

import codecs
import re

from forum.core.marks import N_
from forum.essays.essay_text import Unreadable

MAX_BYTES = 1_000_000

CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028]")
OTHER_FORMATS = ("%PDF-", "{\\rtf")
# Western text in windows-1252 has about 5 % of such letters; Cyrillic or Greek read as if it were has 80 %.
MOST_WESTERN_SHARE = 0.3
MOST_CONTROL_SHARE = 0.01


def text_of(data: bytes | str) -> str:
    r"""Return the text, lines ended by \n; Unreadable when it is empty, too large or not text."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise Unreadable(
            N_("This is larger than %(most)s kB, which is more than an essay can be."), most=MAX_BYTES // 1000
        )
    try:
        text = _decoded(data) if isinstance(data, bytes) else data.encode("utf-8").decode()
    except UnicodeError:
        raise _not_text() from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(N_("This is empty: there is no text in it."))
    if not _looks_like_text(text):
        raise _not_text()
    return LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> str:
    beyond_ascii = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 (the last of ASCII)
    if beyond_ascii > len(data) * MOST_WESTERN_SHARE:
        raise _not_text()
    return data.decode("windows-1252")


def _looks_like_text(text: str) -> bool:
    if "\x00" in text or text.startswith(OTHER_FORMATS):
        return False
    return len(CONTROLS.findall(text)) <= len(text) * MOST_CONTROL_SHARE


def _not_text() -> Unreadable:
    return Unreadable(N_("This is not text that can be read. Save it as plain text, Markdown or HTML in UTF-8."))

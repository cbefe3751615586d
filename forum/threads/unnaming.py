"""Taking the name of someone who left out of texts: where it is called by an @, and in the links over quotations."""

import re
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_

from forum.core.i18n import speaking
from forum.core.text import fits_in_name, skeleton

_BEFORE = "@./+-&=%"  # after these, as after a letter, an @ is part of something else
_TRAILING = "._-"
_LINK = re.compile(r"\[([^\[\]\n]*)\](?=\(/replies/\d{1,9}\))")


def holds_names(text: Any) -> ColumnElement[bool]:
    """Return whether a text may name anyone in a way that `unnamed` looks for."""
    return or_(text.contains("@", autoescape=True), text.contains("](/replies/", autoescape=True))


def unnamed(source: str, name_key: str) -> str:
    """Return Markdown in which a former member stands in the place of whoever was known by this key (see core/text.py)."""
    if "@" not in source and "](/replies/" not in source:
        return source
    with speaking(current_app.config["LOCALE"]):
        former = _("a former member")
    linked = _LINK.sub(lambda link: f"[{_replaced(link[1], name_key, former, sign='')}]", source)
    return _replaced(linked, name_key, former, sign="@")


def _replaced(text: str, name_key: str, former: str, *, sign: str) -> str:
    """Replace the name, with `sign` before it, wherever it is a whole word."""
    parts, done, start = [], 0, 0
    while start < len(text):
        begin = start + len(sign)
        end = begin
        while text.startswith(sign, start) and end < len(text) and fits_in_name(text[end]):
            end += 1
        word = text[begin:end].rstrip(_TRAILING)
        if word and _stands_alone(text[max(start - 1, 0) : start]) and skeleton(word) == name_key:
            parts += [text[done:start], former]
            done = begin + len(word)
        start = max(end, start + 1)
    return "".join([*parts, text[done:]])


def _stands_alone(before: str) -> bool:
    return not before.isalnum() and (before == "" or before not in _BEFORE)

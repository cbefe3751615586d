"""Microdata as a search engine reads it out of a page (HTML standard, section 5)."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Item = dict[str, Any]


def items(page: str) -> list[Item]:
    """Return the items that stand on their own: "type", and a list of values for each of their properties."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    ids = {element.get("id"): element for element in tree.iter() if element.get("id")}
    tops = [e for e in tree.iter() if e.get("itemscope") is not None and e.get("itemprop") is None]
    return [_item(element, ids) for element in tops]


def _item(element: Element, ids: dict[str | None, Element]) -> Item:
    found: Item = {"type": element.get("itemtype", "").removeprefix("https://schema.org/")}
    waiting = [*element, *(ids[name] for name in element.get("itemref", "").split())]
    while waiting:
        child = waiting.pop(0)
        if name := child.get("itemprop"):
            found.setdefault(name, []).append(_value(child, ids))
        if child.get("itemscope") is None:
            waiting = [*child, *waiting]
    return found


def _value(element: Element, ids: dict[str | None, Element]) -> Any:
    if element.get("itemscope") is not None:
        return _item(element, ids)
    attribute = {"meta": "content", "a": "href", "link": "href", "time": "datetime"}.get(element.tag)
    return element.get(attribute, "") if attribute else "".join(element.itertext()).strip()

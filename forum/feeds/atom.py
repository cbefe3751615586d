"""Atom (RFC 4287), with pages after RFC 5005, through the standard library: what it writes is well-formed whatever it is given."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
# What XML cannot hold at all, not even escaped; texts are clean of most of it when they are stored.
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """`html` is safe HTML; `theme` a theme's key and name; `language` that of the text, where it is known."""

    id: str
    url: str
    title: str
    author: Person
    published: datetime
    updated: datetime
    html: str
    theme: tuple[str, str] | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """`url` is the feed's address and its id, `here` that of one of its pages, `pages` those of the others by their relation.

    `page` is the page that shows the same to people; `begun` is when what it is about began.
    """

    url: str
    page: str
    title: str
    begun: datetime
    entries: list[Entry]
    subtitle: str = ""
    author: Person | None = None
    here: str = ""
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=self.begun)


def legal(text: str) -> str:
    return _NOT_XML.sub("", text)


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def written(feed: Feed, *, by: str, base: str, language: str) -> bytes:
    """Return the document; `by` stands as author over what has none, `base` is the address that relative ones begin with."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language, "xml:base": base})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", moment(feed.updated))
    _person(root, feed.author or Person(by))
    _link(root, "self", feed.here or feed.url, TYPE)
    _link(root, "alternate", feed.page, "text/html")
    for relation, address in feed.pages.items():
        _link(root, relation, address, TYPE)
    for entry in feed.entries:
        _entry(root, entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _person(element, entry.author)
    _add(element, "published", moment(entry.published))
    _add(element, "updated", moment(entry.updated))
    _link(element, "alternate", entry.url, "text/html")
    if entry.theme:
        SubElement(element, "category", {"term": legal(entry.theme[0]), "label": legal(entry.theme[1])})
    language = {"xml:lang": legal(entry.language)} if entry.language else {}
    _add(element, "content", entry.html, type="html", **language)


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = legal(text)


def _link(parent: Element, relation: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind, "href": address})


def _person(parent: Element, person: Person) -> None:
    element = SubElement(parent, "author")
    _add(element, "name", person.name)
    if person.url:
        _add(element, "uri", person.url)

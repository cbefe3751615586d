"""What RFC 4287 asks of a feed, and what this forum asks besides: each sentence that is not met."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA = re.compile(r"[^/\s]+/[^/\s]+")
# name: (least, most) in a feed and in an entry (sections 4.1.1 and 4.1.2); None is without end.
FEED = {"author": (0, None), "category": (0, None), "contributor": (0, None), "generator": (0, 1), "icon": (0, 1), "id": (1, 1),
        "link": (0, None), "logo": (0, 1), "rights": (0, 1), "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1),
        "entry": (0, None)}  # fmt: skip
ENTRY = {"author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None), "id": (1, 1),
         "link": (0, None), "published": (0, 1), "rights": (0, 1), "source": (0, 1), "summary": (0, 1), "title": (1, 1),
         "updated": (1, 1)}  # fmt: skip


def parsed(document: bytes | str) -> Element:
    return fromstring(document)  # noqa: S314 (our own)


def feed(document: bytes) -> Element:
    """Return the feed after asserting that it is one."""
    root = parsed(document)
    assert faults(root) == []
    return root


def words(element: Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall("/".join(ATOM + name for name in path.split("/")))]


def word(element: Element, path: str) -> str:
    (found,) = words(element, path)
    return found


def links(element: Element) -> dict[str, str]:
    return {link.get("rel", "alternate"): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def faults(root: Element) -> list[str]:
    entries = root.findall(f"{ATOM}entry")
    found = [] if root.tag == f"{ATOM}feed" else [f"the root is {root.tag}"]
    found += _counts(root, FEED) + [fault for entry in entries for fault in _counts(entry, ENTRY)]
    found += _of_feed(root, entries)
    for entry in entries:
        found += _of_entry(entry, root)
    return found


def _counts(element, rules) -> list[str]:
    names = [child.tag.removeprefix(ATOM) for child in element]
    found = [f"{name} does not belong in {element.tag}" for name in names if name not in rules]
    for name, (least, most) in rules.items():
        if not least <= names.count(name) <= (len(names) if most is None else most):
            found.append(f"{names.count(name)} {name} in {element.tag}")
    return found


def _of_feed(root, entries) -> list[str]:
    found = []
    if not root.get(f"{XML}lang") or not _absolute(root.get(f"{XML}base", "")):
        found.append("no language or no base")
    relations = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    if relations.count("self") != 1 or relations.count("alternate") != 1:
        found.append(f"links {relations}")
    if root[-len(entries) :] != entries and entries:
        found.append("something follows the entries")
    ids = words(root, "entry/id")
    if len(set(ids)) != len(ids):
        found.append("two entries of one id")
    published = [_moment(text) for text in words(root, "entry/published")]
    if published != sorted(published, reverse=True):
        found.append("not the newest first")
    updated = [_moment(text) for text in words(root, "entry/updated")]
    if updated and _moment(word(root, "updated")) != max(updated):
        found.append("the feed was not updated with the latest of its entries")
    return found + _of_both(root)


def _of_entry(entry, root) -> list[str]:
    found = _of_both(entry)
    if not entry.findall(f"{ATOM}author") and not root.findall(f"{ATOM}author"):
        found.append("an entry without author")
    if "alternate" not in links(entry):
        found.append("an entry without a page")
    if _moment(word(entry, "updated")) < _moment(word(entry, "published")):
        found.append("updated before it was published")
    content = entry.find(f"{ATOM}content")
    if content is None or content.get("type") != "html" or len(content):
        return [*found, "content that is no escaped HTML"]
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    shown = parser.parseFragment(content.text or "")
    tags = {element.tag for element in shown.iter()}
    if tags & {"script", "style", "iframe", "img", "form", "input", "object", "link", "meta"}:
        found.append(f"content with {tags}")
    addresses = [element.get("href") for element in shown.iter("a")]
    return found + [f"a relative link {href}" for href in addresses if not _absolute(href or "")]


def _of_both(element) -> list[str]:
    found = [f"an id that is no absolute IRI: {text}" for text in words(element, "id") if ":" not in text]
    for name in ("updated", "published"):
        found += [f"{name} {text}" for text in words(element, name) if not RFC3339.fullmatch(text)]
    for text in ("title", "subtitle"):
        found += [f"an empty {text}" for shown in words(element, text) if not shown.strip()]
    for author in element.findall(f"{ATOM}author"):
        if not word(author, "name").strip() or not all(map(_absolute, words(author, "uri"))):
            found.append("an author without name, or with half an address")
    seen = [(link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link[@rel='alternate']")]
    if len(set(seen)) != len(seen):
        found.append("two alternates of one type")
    for link in element.findall(f"{ATOM}link"):
        if not _absolute(link.get("href", "")) or not MEDIA.fullmatch(link.get("type", "")):
            found.append(f"a link to {link.get('href')}")
    return found + ["a category without term" for c in element.findall(f"{ATOM}category") if not c.get("term")]


def _absolute(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme == "mailto" or parts.netloc) and not re.search(r"\s", address)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)

"""The sitemap protocol: what a search engine may find here, and since when it is as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from forum.feeds.atom import moment

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TYPE = "application/xml; charset=utf-8"
# A part is kept in memory like any page: so many addresses fit, and are read in a few milliseconds. The protocol allows 50,000.
PART = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    url: str
    changed: datetime | None = None


def places(listed: Iterable[Place]) -> bytes:
    return _written("urlset", "url", listed)


def parts(listed: Iterable[Place]) -> bytes:
    return _written("sitemapindex", "sitemap", listed)


def _written(name: str, each: str, listed: Iterable[Place]) -> bytes:
    root = Element(name, {"xmlns": NAMESPACE})
    for place in listed:
        element = SubElement(root, each)
        SubElement(element, "loc").text = place.url
        if place.changed:
            SubElement(element, "lastmod").text = moment(place.changed)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))

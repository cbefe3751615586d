"""What is written is a feed that RFC 4287 knows, whatever stands in it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from forum.feeds.atom import Entry, Feed, Person, legal, written
from tests.feeds.rfc4287 import ATOM, faults, feed, parsed, word

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
BASE = "https://forum.example/"
anything = st.text(st.characters(codec="utf-8") | st.sampled_from("\0\x0b\ufffe\ud800<>&]\"'\r\n\u202e"), max_size=80)


def document(said: str, *, later: datetime = NOON) -> bytes:
    entry = Entry(
        "tag:forum.example,2026-03-03:/replies/1", BASE, said, Person(said, BASE), NOON, later, said, (said, said), said
    )
    whole = Feed(BASE, BASE, said, NOON, [entry], subtitle=said, pages={"next": BASE})
    return written(whole, by=said, base=BASE, language="en")


@given(anything)
def test_any_text_comes_back_as_it_went_in_but_for_what_xml_cannot_hold(said):
    root = parsed(document(said))
    entry = root.find(f"{ATOM}entry")
    kept = legal(said)
    assert [word(root, "title"), word(root, "author/name"), word(entry, "title"), word(entry, "content")] == [kept] * 4
    assert {character for character in said if character not in kept} <= {
        *map(chr, range(32)),
        "\ufffe",
        "\uffff",
        "\ud800",
    }
    assert {child.tag.removeprefix(ATOM) for child in entry} <= {
        "id", "title", "author", "published", "updated", "link", "category", "content"}  # fmt: skip


def test_a_feed_is_as_new_as_what_was_last_changed_in_it():
    later = NOON.replace(hour=15)
    assert word(feed(document("Words.", later=later)), "updated") == "2026-03-03T15:00:00Z"
    empty = Feed(BASE, BASE, "Nothing yet", NOON, [])
    assert word(feed(written(empty, by="Us", base=BASE, language="it")), "updated") == "2026-03-03T12:00:00Z"


def test_the_rules_find_what_is_wrong():
    """So that a feed which passes them has passed something."""
    right = document("Words.").decode()
    for wrong in (
        right.replace("<id>tag:forum.example,2026-03-03:/replies/1</id>", "<id>1</id>"),
        right.replace("<updated>2026-03-03T12:00:00Z</updated>", "<updated>2027-01-01T00:00:00Z</updated>", 1),
        right.replace('rel="self"', 'rel="alternate"'),
        right.replace("<title>Words.</title>", ""),
        right.replace('type="html"', 'type="xhtml"'),
        right.replace(">Words.</content>", ">&lt;a href='/x'&gt;x&lt;/a&gt;</content>"),
        right.replace(">Words.</content>", ">&lt;script&gt;x&lt;/script&gt;</content>"),
        right.replace("</feed>", right[right.index("<entry>") : right.index("</feed>")] + "</feed>"),
        right.replace('xml:lang="en"', ""),
    ):
        assert wrong != right
        assert faults(parsed(wrong)) != []

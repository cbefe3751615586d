from datetime import UTC, datetime

import pytest

from forum.core import clock
from forum.feeds import sitemap
from forum.feeds.atom import moment
from forum.pages import actions
from forum.threads.actions import keeping
from tests import make
from tests.feeds.rfc4287 import parsed

pytestmark = pytest.mark.one_database

HERE = "http://127.0.0.1:5000"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client, path: str = "/sitemap.xml") -> dict[str, str | None]:
    """Return the addresses of a sitemap, or of its parts, and when each was last changed."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/xml; charset=utf-8"
    root = parsed(answer.data)
    assert root.tag in {f"{NS}urlset", f"{NS}sitemapindex"}
    return {place.findtext(f"{NS}loc").removeprefix(HERE): place.findtext(f"{NS}lastmod") for place in root}


@pytest.mark.every_database
def test_all_that_is_public_stands_in_it_and_nothing_else(cast, visitor, thread, monkeypatch):
    own, hidden = make.thread(cast.ada), make.thread(cast.ada, title="qhiddenq")
    keeping.hide_thread(hidden, reason="Not here.", by=cast.carla)
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 1, 1, tzinfo=UTC))
    make.reply(cast.bruno, own)
    actions.edit("rules", "it", "Siate gentili.", by=cast.dario)
    found = listed(visitor)
    own_path, essay_path = f"/threads/{own.id}-a-bench-by-the-river", f"/threads/{thread.id}-on-bridges"
    house = {"/", "/about", "/rules", "/privacy", "/help", "/themes/polarization", "/themes/mistrust"}
    assert found.keys() == house | {own_path, essay_path}
    changed = {"/rules", "/themes/mistrust", own_path}
    assert {path for path, at in found.items() if at == "2030-01-01T00:00:00Z"} == changed
    assert found[essay_path] >= moment(thread.latest_at)
    for path in found:
        page = visitor.get(path)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{path}">' in page.text


@pytest.mark.every_database
def test_a_forum_of_many_threads_has_one_in_parts(cast, visitor, thread, monkeypatch):
    paths = [make.thread(cast.ada, title=f"Thread {number}").id for number in range(4)]
    whole = listed(visitor)
    monkeypatch.setattr(sitemap, "PART", 2)
    make.thread(cast.ada)
    parts = listed(visitor)
    assert all(part.startswith("/sitemap.xml?part=") for part in parts)
    found = [path for part in parts for path in listed(visitor, part)]
    assert len(found) == len(set(found)) == len(whole) + 1
    assert set(whole) < set(found)
    assert len(paths) + 2 == sum(path.startswith("/threads/") for path in found)
    for part in ("0", str(len(parts) + 1), "x", "-1", "", "9" * 30, "²", "1.5"):
        assert visitor.get(f"/sitemap.xml?part={part}").status_code == 404, part


def test_robots_are_led_to_it_and_its_addresses_are_the_forums_own(app, visitor):
    assert f"\nSitemap: {HERE}/sitemap.xml\n" in visitor.get("/robots.txt").text
    assert "evil" not in visitor.get("/sitemap.xml", headers={"Host": "evil.example"}).text

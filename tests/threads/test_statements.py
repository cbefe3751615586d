"""How many SQL statements each page asks: a constant of its route, however much there is to show."""

import pytest

from forum.core.db import session
from forum.core.store import forget_pages
from forum.threads.actions import keeping
from forum.threads.models import Reply
from tests import make
from tests.threads.many import many

# For a visitor, a member, and someone who keeps a theme, each with nothing kept in memory; then for a member a second time.
PAGES = {
    "/": (6, 7, 7, 2),
    "/threads": (4, 4, 4, 1),
    "/threads?theme=mistrust": (5, 5, 5, 1),
    "/threads/{essay}": (4, 5, 6, 2),
    "/threads/{essay}?theme=mistrust": (4, 5, 6, 2),
    "/threads/{essay}?passage=p2": (4, 5, 6, 2),
    "/threads/{essay}?order=written&before=end": (4, 5, 6, 2),
    "/threads/{essay}?order=along": (4, 5, 6, 2),
    "/threads/{essay}?order=along&before=end": (4, 5, 6, 2),
    "/threads/{essay}?before=end": (5, 6, 7, 2),
    "/threads/{essay}?words={root}": (5, 6, 7, 2),
    "/threads/{essay}?passage=p2&exact=sees+only": (4, 5, 6, 2),
    "/threads/{essay}/editions": (4, 4, 4, 1),
    "/threads/{essay}/editions/1": (3, 3, 3, 1),
    "/threads/{own}": (3, 4, 5, 2),
    "/themes/mistrust": (10, 12, 12, 2),
    "/moderation/log": (3, 3, 3, 1),
    "/members/ada": (4, 4, 5, 4),
    "/replies/{root}/answers": (5, 8, 7, 8),
    "/replies/{root}/revisions": (3, 3, 3, 1),
    "/replies/{root}": (3, 3, 3, 3),
    "/about": (2, 2, 2, 1),
}


@pytest.fixture
def grown(cast, thread):
    """Return a function that makes everything longer, and gives the parts of addresses."""
    own = make.thread(cast.ada)
    root = make.reply(cast.ada, thread, passage=2, quote="sees only")

    def grow(count: int) -> dict[str, str]:
        for passage in (None, 1, 2, 3):
            many(thread, cast.bruno, count, passage=passage)
        many(own, cast.ada, count)
        many(thread, cast.bruno, count, under=session().get_one(Reply, root.id))
        for number in range(count // 4):
            other = make.thread(cast.bruno, title=f"Thread {number}")
            keeping.pin(other, scope="forum" if number % 3 else "theme", reason="First.", until=None, by=cast.carla)
            make.locked(other, cast.carla)
        return {"essay": f"{thread.id}-{thread.slug}", "own": f"{own.id}-{own.slug}", "root": str(root.id)}

    return grow


def test_every_page_asks_so_many_statements_however_long_it_is(app, cast, visitor, browser_of, statements, grown):
    readers = {"visitor": visitor, "member": browser_of(cast.bruno), "keeper": browser_of(cast.elena)}
    for count in (1, 60):
        parts = grown(count)
        for path, expected in PAGES.items():
            forget_pages(app)
            asked = []
            for client in (*readers.values(), readers["member"]):
                with statements() as found:
                    assert client.get(path.format(**parts)).status_code in {200, 302}
                asked.append(len(found))
            assert tuple(asked) == expected, f"{path} at {count}"


def test_a_page_that_was_seen_before_costs_a_visitor_one_statement(cast, thread, visitor, statements):
    many(thread, cast.ada, 60)
    place = f"/threads/{thread.id}-{thread.slug}"
    first = visitor.get(place)
    with statements() as found:
        again = visitor.get(place)
    assert (len(found), again.text) == (1, first.text)
    with statements() as found:
        unchanged = visitor.get(place, headers={"If-None-Match": first.headers["ETag"]})
    assert (len(found), unchanged.status_code, unchanged.data) == (1, 304, b"")


def test_a_page_that_changed_is_shown_anew_to_everyone(cast, thread, visitor, browser_of):
    place, bruno = f"/threads/{thread.id}-{thread.slug}", browser_of(cast.bruno)
    for words in ("First words.", "Second words."):
        assert words not in visitor.get(place).text + bruno.get(place).text
        make.reply(cast.ada, thread, words)
        assert words in visitor.get(place).text
        assert words in bruno.get(place).text

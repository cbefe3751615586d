"""What a question finds: one contract, the same on both databases."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.accounts.models import Visitor
from forum.core.markdown import plain
from forum.core.pages import Place
from forum.core.text import clean
from forum.search import queries
from forum.search.folding import words
from forum.search.parsing import parse
from forum.threads.actions import keeping
from tests import make

VISITOR = Visitor()
ASKED = {
    "lamp": ["lamp"],
    "LAMP": ["lamp"],
    "lamp*": ["lamp", "lamps"],
    "la*": [],
    "brass dusk": ["lamp", "lamps"],
    "dusk brass": ["lamp", "lamps"],
    '"brass lamp"': ["lamp"],
    '"lamp brass"': [],
    '"brass lamp': ["lamp"],
    "brass -lamp": ["lamps"],
    'brass -"brass door"': ["lamp"],
    "dusk -brass": [],
    "perche": ["perche"],
    "PERCHÉ": ["perche"],
    "cosi difficile": ["perche"],
    "ascolto": ["perche"],
    "dell'ascolto": ["perche"],
    "altro": ["perche"],
    '"dell\'altro"': ["perche"],
    '"dusk and"': ["lamps"],
    "brass author:ada": ["lamp"],
    "brass autore:@bruno": ["lamps"],
    "brass author:carla": [],
    "brass author:nobody": [],
    "brass theme:mistrust": ["lamps"],
    "brass theme:bridges": [],
    "nowhere:lamp": [],
    "lamp author:": [],
    "absent": [],
    "-absent brass": ["lamp", "lamps"],
    "%": [],
    "_": [],
    "l_mp": [],
}
ODD = [
    '"', "'", '""', "*", "-", "--", "-*", "()", "AND", "NOT brass", "brass NOT", "a OR b", "NEAR(a b)", "title:x",
    "words : x", "^brass", "brass + lamp", "{words}: x", "brass & lamp", "a <-> b", "!brass", "brass:*", "':A", "\\",
    "'; DROP TABLE findables; --", "\0", "a\0b", "\u202eabc", "\ud800", "è", "ß", "日本語", "🌉", "a" * 5000, '"' * 999,
    "-" * 999, "§everything", "¶bench", "in:0", "in:999999999", "before:2026-13-45", "after:0000", "is:", "in:", "e\u0301" * 50,
]  # fmt: skip


def found(asked: str, who=VISITOR, place: Place | None = None) -> list[str]:
    """Return what is found: a reply's id, a passage's key, a thread's title."""
    rows = queries.find(parse(asked), who, place or Place()).page.rows
    return [str(row.reply_id or row.passage or row.thread_title) for row in rows]


@pytest.fixture
def talk(cast, thread):
    """A conversation with words that stand nowhere else; its replies by what they are about."""
    return {
        "lamp": make.reply(cast.ada, thread, "A brass lamp, lit at dusk.", key="polarization"),
        "perche": make.reply(cast.bruno, thread, "Perché l\u2019ascolto dell'altro è difficile, **così** difficile."),
        "lamps": make.reply(cast.bruno, thread, "Two lamps at dusk, and a brass door.", key="mistrust"),
    }


def test_a_question_finds_what_it_asks_for(talk):
    names = {str(reply.id): name for name, reply in talk.items()}
    assert {asked: sorted(names.get(key, key) for key in found(asked)) for asked in ASKED} == ASKED


def test_no_question_is_an_error(talk):
    for asked in ODD:
        assert isinstance(found(asked), list), asked[:60]


@given(
    st.lists(
        st.text(max_size=30) | st.sampled_from(['"', "-", "*", "in:", "author:", "(", "§", "'", "\\", ":*"]), max_size=8
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_disorder_of_signs_is_an_error(talk, pieces):
    assert isinstance(found("".join(pieces)), list)
    assert isinstance(found(" ".join(pieces)), list)


@given(st.text(min_size=1, max_size=60), st.integers(0, 20), st.integers(1, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_is_found_by_any_words_of_it_that_stand_together(cast, thread, monkeypatch, text, start, count):
    monkeypatch.setattr(queries, "SIZE", 500)
    reply = make.reply(cast.ada, thread, clean(text) or "nothing")
    its = words(plain(reply.html))[start : start + count]
    if its:
        assert str(reply.id) in found(f'"{" ".join(its)}" in:{thread.id} author:ada')
        assert str(reply.id) in found(" ".join(reversed(its)))


def test_a_sign_of_the_index_is_no_word(talk):
    assert found("§everything") == found("everything") == []
    make.thread(talk["lamp"].author, title="A brass bench")
    assert found("¶brass") == found("brass")


def test_the_essay_is_found_by_passage_and_by_title(thread):
    assert found("fear") == ["p3"]
    assert found("bridges")[0] == "p1", "its title is no better than a word in its text"
    assert set(found("bridges")) == {"p1", "p4"}
    assert set(found("bank theme:polarization")) == {"p2"}


def test_a_thread_is_found_by_title_and_opening_text(cast):
    make.thread(cast.ada, title="Under the chestnut", text="Whoever **comes** may sit.")
    assert found("chestnut") == found("comes sit") == found("chestnut comes") == ["Under the chestnut"]
    assert found("author:ada chestnut") == ["Under the chestnut"]
    assert found('"chestnut whoever"') == [], "the end of the title and the beginning of the text are no phrase"


def test_a_search_stays_in_its_thread(cast, thread, talk):
    other = make.thread(cast.ada, title="Elsewhere", text="No brass.")
    said = make.reply(cast.bruno, other, "More brass.")
    assert set(found(f"brass in:{other.id}")) == {str(said.id), "Elsewhere"}
    assert found(f"fear in:{thread.id}") == ["p3"]
    assert found(f"fear in:/threads/{other.id}-elsewhere") == []
    assert sorted(found(f"brass in:{thread.id}")) == sorted(str(talk[name].id) for name in ("lamp", "lamps"))
    assert queries.find(parse("brass in:987654"), VISITOR, Place()).missing == "thread"


def test_a_hidden_thread_and_an_absent_one_are_the_same(cast):
    hidden = make.thread(cast.ada)
    keeping.hide_thread(hidden, reason="a look", by=cast.carla)
    for who in (VISITOR, cast.ada):
        assert queries.find(parse(f"in:{hidden.id}"), who, Place()).missing == "thread"


def test_days_bound_a_search(cast, thread, monkeypatch):
    for day in (1, 2, 3):
        monkeypatch.setattr("forum.core.clock.now", lambda day=day: datetime(2026, 3, day, 23, 30, tzinfo=UTC))
        make.reply(cast.ada, thread, f"day{day} lantern")
    texts = lambda asked: [row.html[3:7] for row in queries.find(parse(asked), VISITOR, Place()).page.rows]  # noqa: E731
    assert texts("lantern after:2026-03-02") == ["day3", "day2"]
    assert texts("lantern before:2026-03-02") == ["day1"]
    assert texts("lantern after:2026-03-02 before:2026-03-03") == ["day2"]
    assert texts("lantern dopo:2026-03 prima:2027") == ["day3", "day2", "day1"]


def test_what_is_unanswered_waits_for_someone_else(cast, thread):
    alone, heard = make.reply(cast.ada, thread, "lantern one"), make.reply(cast.ada, thread, "lantern two")
    make.answer(cast.ada, alone, "lantern, I meant")
    make.answer(cast.bruno, heard, "lantern, yes")
    make.thread(cast.bruno, title="lantern three")
    assert set(found("lantern is:unanswered")) == {str(alone.id), "lantern three"}
    assert set(found("is:unanswered author:ada")) == {str(alone.id)}


def test_a_question_without_words_finds_the_newest_first(cast, thread, talk):
    assert found("author:bruno") == [str(talk["lamps"].id), str(talk["perche"].id)]
    assert found("-brass author:bruno") == [str(talk["perche"].id)]
    assert set(found("after:1990")) >= {str(reply.id) for reply in talk.values()} | {"p1", "p4"}


def test_the_nearest_come_first(cast, thread):
    far = make.reply(cast.ada, thread, "lantern " + "and so on " * 100)
    near = make.reply(cast.ada, thread, "lantern, lantern!")
    apart = make.reply(cast.ada, thread, "a light in the window is a lantern, almost")
    beside = make.reply(cast.ada, thread, "a lantern window in the light, it is a thing")
    make.thread(cast.bruno, title="Lantern")
    assert found("lantern")[:2] == ["Lantern", str(near.id)]
    assert found("lantern")[-1] == str(far.id)
    assert found("lantern window") == [str(beside.id), str(apart.id)]


def test_a_thread_with_the_word_in_its_title_is_found_among_many_newer_ones(cast, thread, monkeypatch):
    make.thread(cast.ada, title="Lantern", text="First.")
    for _ in range(4):
        make.reply(cast.bruno, thread, "lantern")
    monkeypatch.setattr(queries, "MOST", 3)
    assert found("lantern")[0] == "Lantern"
    assert queries.find(parse("lantern"), VISITOR, Place()).more


def test_page_by_page_everything_comes_once(cast, thread, monkeypatch):
    replies = [make.reply(cast.ada, thread, f"lantern {n}") for n in range(7)]
    monkeypatch.setattr(queries, "SIZE", 3)
    question, place, seen = parse("lantern"), Place(), []
    while True:
        page = queries.find(question, VISITOR, place).page
        seen += [row.reply_id for row in page.rows]
        if page.later is None:
            break
        place = Place(after=page.later)
    assert seen == [reply.id for reply in reversed(replies)]
    back = queries.find(question, VISITOR, Place(before=page.earlier)).page
    assert [row.reply_id for row in back.rows] == seen[3:6]

"""The index follows every change at once, and holds what it would hold if it were made anew."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from forum.core.background import work
from forum.core.db import db, session
from forum.core.rules import Refused
from forum.essays.actions import publish
from forum.search import actions
from forum.search.models import Findable, Gathering
from forum.threads.actions import changing, keeping, moving, opening
from forum.threads.models import STANDING, Reply, Thread
from tests import make
from tests.search.test_finding import found
from tests.threads.test_counting import Walk


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    monkeypatch.setattr("forum.core.background.GAP", 0)


def held() -> set[tuple[object, ...]]:
    columns = (Findable.id, Findable.reply_id, Findable.thread_id, Findable.passage_id)
    rows = session().execute(select(*columns, Findable.title, Findable.words, Findable.scopes))
    return set(map(tuple, rows))


def gathered() -> set[tuple[object, ...]]:
    """Return what stands in the index when it is made anew."""
    actions.gather_anew()
    for _reached in actions.gather():
        pass
    return held()


def is_whole() -> bool:
    """Tell whether the index of words is what the rows say: SQLite checks that itself, PostgreSQL makes it of each row."""
    if db.engine.dialect.name == "sqlite":
        session().execute(text("INSERT INTO matching(matching, rank) VALUES ('integrity-check', 1)"))
        session().rollback()
    return True


def test_a_reply_is_found_by_its_words_of_now(cast, thread):
    reply = make.reply(cast.ada, thread, "lantern")
    assert found("lantern") == [str(reply.id)]
    changing.edit(reply, kind="thinking", source="window", by=cast.ada)
    assert (found("lantern"), found("window")) == ([], [str(reply.id)])


def test_withdrawn_words_are_gone_from_the_tables_too(cast, thread):
    reply = make.reply(cast.ada, thread, "lantern")
    changing.withdraw(reply, by=cast.ada)
    assert found("lantern") == []
    assert not [row for row in held() if "lantern" in str(row)]


def test_hidden_words_are_found_by_nobody_until_they_are_restored(cast, thread):
    reply = make.reply(cast.ada, thread, "lantern")
    keeping.hide_reply(reply, reason="a look", by=cast.carla)
    assert found("lantern") == found("lantern", cast.ada) == found("lantern", cast.carla) == []
    keeping.restore_reply(reply, reason="fine", by=cast.carla)
    assert found("lantern") == [str(reply.id)]


def test_a_hidden_thread_takes_all_that_stands_in_it_along(cast):
    thread = make.thread(cast.ada, title="lantern one", text="lantern")
    replies = [make.reply(cast.bruno, thread, "lantern") for _ in range(3)]
    keeping.hide_reply(replies[0], reason="a look", by=cast.carla)
    keeping.hide_thread(thread, reason="a look", by=cast.carla)
    assert found("lantern") == found("lantern", cast.carla) == []
    keeping.restore_thread(thread, reason="fine", by=cast.carla)
    assert set(found("lantern")) == {"lantern one", str(replies[1].id), str(replies[2].id)}


def test_a_thread_is_found_by_its_title_and_text_of_now(cast):
    thread = make.thread(cast.ada, title="lantern", text="dusk")
    opening.edit_thread(thread, title="window", source="dawn", by=cast.ada)
    assert (found("lantern"), found("dusk"), found("window dawn")) == ([], [], ["window"])
    moving.retitle_thread(thread, title="door", reason="clearer", by=cast.carla)
    assert (found("window"), found("door dawn")) == ([], ["door"])


def test_moved_replies_are_found_where_they_stand_now(cast, thread):
    other = make.thread(cast.ada)
    root = make.reply(cast.ada, thread, "lantern", key="polarization")
    answer = make.answer(cast.bruno, root, "lantern too")
    both = {str(root.id), str(answer.id)}
    moving.move_reply(root, into=other, theme=make.theme(), reason="closer", by=cast.carla)
    assert set(found(f"lantern in:{other.id}")) == set(found("lantern theme:mistrust")) == both
    assert found(f"lantern in:{thread.id}") == found("lantern theme:polarization") == []
    made = moving.split_thread(
        other, [root.id], title="On light", theme=make.theme("polarization"), reason="its own", by=cast.carla
    )
    assert set(found(f"lantern in:{made.id} theme:polarization")) == both
    assert found("light") == ["On light"]


def test_a_merged_thread_is_found_in_the_other(cast):
    source, into = make.thread(cast.ada, title="lantern", text="dusk"), make.thread(cast.ada)
    reply = make.reply(cast.bruno, source, "window")
    moving.merge_thread(source, into=into, reason="the same", by=cast.carla)
    opening_reply = (
        session().scalars(select(Reply.id).where(Reply.thread_id == into.id).order_by(Reply.id.desc())).first()
    )
    assert found("lantern") == []
    assert found(f"dusk in:{into.id}") == [str(opening_reply)]
    assert found(f"window in:{source.id}") == found(f"window in:{into.id}") == [str(reply.id)]


def test_a_new_edition_is_found_by_its_words(thread):
    passages = (make.ESSAY.passages[0], "Nobody crosses without a lantern.", *make.ESSAY.passages[3:])
    publish(replace(make.ESSAY, title="On Crossing", themes=(), passages=passages), by=None, into=thread.essay)
    assert len(found("lantern")) == 1
    assert found("fear") == []
    assert found("crossing") == ["p1"]
    assert held() == gathered()


def test_a_refused_change_leaves_the_index_alone(cast, thread):
    reply = make.reply(cast.ada, thread, "lantern")
    before = held()
    with pytest.raises(Refused):
        changing.edit(reply, kind="thinking", source="window", by=cast.bruno)
    assert held() == before


class Mover(Walk):
    """Moves, splits and merges as well."""

    def __init__(self, cast, seed: int) -> None:
        super().__init__(cast, seed)
        self.steps += [self.move, self.split, self.merge, self.edit, self.reword]

    def a_thread(self) -> Thread:
        return self.random.choice(self.threads[1:])

    def move(self) -> None:
        if self.replies:
            into = self.a_thread()
            reply = self.random.choice(self.replies)
            moving.move_reply(reply, into=into, theme=into.theme, reason="a step", by=self.staff)

    def split(self) -> None:
        source = self.a_thread()
        first = select(Reply.id).where(Reply.thread_id == source.id, Reply.root_id.is_(None)).limit(2)
        if ids := session().scalars(first).all():
            made = moving.split_thread(source, ids, title="Split", theme=make.theme(), reason="a step", by=self.staff)
            self.threads.append(made)

    def merge(self) -> None:
        source, into = self.a_thread(), self.a_thread()
        if source is not into and len(self.threads) > 3:
            moving.merge_thread(source, into=into, reason="a step", by=self.staff)
            self.threads.remove(source)

    def edit(self) -> None:
        if self.replies:
            reply = self.random.choice(self.replies)
            changing.edit(reply, kind="asking", source=f"Word {self.random.random()}", by=reply.author)

    def reword(self) -> None:
        thread = self.a_thread()
        if thread.author:
            opening.edit_thread(thread, title=f"Title {self.random.random()}", source="Text.", by=thread.author)


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.one_database)])
def test_after_any_walk_the_index_is_what_it_would_be_if_made_anew(cast, seed):
    walk = Mover(cast, seed)
    for _ in range(80):
        walk.step()
    assert held() == gathered()
    assert is_whole()
    standing = select(Reply.id).join(Thread, Thread.id == Reply.thread_id)
    listed = session().scalars(standing.where(Reply.state == STANDING, Thread.state == STANDING))
    assert {row[1] for row in held() if row[1]} == set(listed)
    assert {"move", "split", "merge", "edit"} <= walk.done, "this walk met too little"


def test_gathering_goes_on_where_it_was_broken_off(cast, thread, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        make.reply(cast.ada, thread, f"lantern {number}")
    whole = held()
    session().execute(text("DELETE FROM findables"))
    session().commit()
    end, steps = actions.gather_anew(), actions.gather()
    reached = [next(steps), next(steps)]
    steps.close()
    assert reached == sorted(reached)
    assert session().get(Gathering, 1)
    assert held() < whole
    reply = make.reply(cast.bruno, thread, "written meanwhile")
    assert found("meanwhile") == [str(reply.id)]
    assert max(actions.gather()) == end + 1
    assert session().get(Gathering, 1) is None
    assert whole < held()
    assert list(actions.gather()) == []


def test_the_background_gathers_what_was_there_before_search_was(app, cast, thread):
    make.reply(cast.ada, thread, "lantern")
    session().execute(text("DELETE FROM findables"))
    session().add(Gathering(id=1))
    session().commit()
    assert found("lantern") == []
    work(app)
    session().rollback()
    assert len(found("lantern")) == 1


def test_the_command_gathers_everything_anew(app, cast, thread):
    make.reply(cast.ada, thread, "lantern")
    session().execute(text("DELETE FROM findables"))
    session().commit()
    answer = app.test_cli_runner().invoke(args=["search", "reindex"])
    assert (answer.exit_code, "Gathering what can be found" in answer.output) == (0, True)
    session().rollback()
    assert len(found("lantern")) == 1

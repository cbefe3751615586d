from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, update

from forum.core import clock
from forum.core.db import session
from forum.core.rules import Refused
from forum.themes.models import Theme
from forum.threads.actions import changing, erasing, keeping
from forum.threads.models import HIDDEN, STANDING, WITHDRAWN, Reply, Tally, Thread
from tests import make

STEPS = 100


def kept() -> dict[object, int]:
    """Return every count that the forum keeps."""
    counts: dict[object, int] = {}
    for thread in session().scalars(select(Thread)):
        counts["thread", thread.id] = thread.reply_count
    for tally in session().scalars(select(Tally).where(Tally.replies != 0)):
        place = (tally.thread_id, tally.theme_id, tally.passage_id)
        counts["tally", *place] = tally.replies
        if tally.newest_id:
            counts["newest", *place] = tally.newest_id
    for theme in session().scalars(select(Theme)):
        counts["theme", theme.id] = theme.reply_count
        counts["threads", theme.id] = theme.thread_count
    return counts


def counted() -> dict[object, int]:
    """Return the same counts, from the rows as a visitor sees them."""
    counts: dict[object, int] = {}
    for thread_id in session().scalars(select(Thread.id)):
        counts["thread", thread_id] = 0
    for theme_id in session().scalars(select(Theme.id)):
        counts["theme", theme_id] = 0
        seen = select(func.count()).select_from(Thread).where(Thread.theme_id == theme_id, Thread.state == STANDING)
        counts["threads", theme_id] = session().execute(seen).scalar_one()
    for reply in session().scalars(select(Reply).where(Reply.state == STANDING)):
        counts["thread", reply.thread_id] += 1
        place = (reply.thread_id, reply.theme_id, reply.passage_id or 0)
        counts["tally", *place] = counts.get(("tally", *place), 0) + 1
        if reply.root_id is None:
            counts["newest", *place] = max(counts.get(("newest", *place), 0), reply.id)
        counts["theme", reply.theme_id] += reply.thread.state != HIDDEN
    return counts


class Walk:
    """Someone who does at random whatever can be done to replies and threads."""

    def __init__(self, cast, seed: int) -> None:
        self.random = Random(seed)
        self.writers = [cast.ada, cast.bruno, cast.carla]
        self.staff = cast.carla
        self.replies: list[Reply] = []
        self.threads = [make.essay_thread(), make.thread(cast.ada), make.thread(cast.bruno, key="polarization")]
        # What is erased is gone for good: the other steps come oftener, so that there is something to do them to.
        self.steps = [
            self.reply,
            self.reply,
            self.answer,
            self.answer,
            self.hide,
            self.hide,
            self.restore,
            self.restore,
            self.withdraw,
            self.withdraw,
            self.bring_back,
            self.bring_back,
        ]
        self.done: set[str] = set()
        self.steps += [self.erase, self.hide_thread, self.restore_thread, self.open]

    def step(self) -> None:
        step = self.random.choice(self.steps)
        try:
            step()
        except Refused:
            return
        self.done.add(step.__name__)

    def reply(self) -> None:
        thread = self.random.choice(self.threads)
        key = thread.theme.key if thread.theme else self.random.choice(["mistrust", "polarization"])
        passage = self.random.choice([None, 1, 2]) if thread.essay_id else None
        self.replies.append(make.reply(self.random.choice(self.writers), thread, key=key, passage=passage))

    def answer(self) -> None:
        if self.replies:
            answered = self.random.choice(self.replies)
            self.replies.append(make.answer(self.random.choice(self.writers), answered))

    def withdraw(self) -> None:
        if self.replies:
            reply = self.random.choice(self.replies)
            changing.withdraw(reply, by=reply.author)

    def bring_back(self) -> None:
        if self.replies:
            reply = self.one(WITHDRAWN, self.replies)
            changing.bring_back(reply, by=reply.author)

    def erase(self) -> None:
        """Let a day pass for all that is withdrawn."""
        since = clock.now() - timedelta(days=1)
        session().execute(update(Reply).where(Reply.state == WITHDRAWN).values(state_at=since))
        session().commit()
        for _told in erasing.erase():
            pass

    def hide(self) -> None:
        if self.replies:
            keeping.hide_reply(self.random.choice(self.replies), reason="a step", by=self.staff)

    def restore(self) -> None:
        if self.replies:
            keeping.restore_reply(self.one(HIDDEN, self.replies), reason="a step", by=self.staff)

    def hide_thread(self) -> None:
        keeping.hide_thread(self.random.choice(self.threads), reason="a step", by=self.staff)

    def restore_thread(self) -> None:
        keeping.restore_thread(self.one(HIDDEN, self.threads), reason="a step", by=self.staff)

    def one(self, state: str, among: list):
        """Choose one in a state, if there is one."""
        return self.random.choice([one for one in among if one.state == state] or among)

    def open(self) -> None:
        self.threads.append(make.thread(self.random.choice(self.writers)))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.one_database)])
def test_after_any_walk_the_counts_are_what_a_recount_gives(cast, seed):
    walk = Walk(cast, seed)
    for step in range(STEPS):
        walk.step()
        assert step % 4 or kept() == counted()
    assert kept() == counted()
    assert walk.done == {step.__name__ for step in walk.steps}, "this walk met too little"


def test_what_is_hidden_within_a_hidden_thread_is_counted_when_both_return(cast):
    thread = make.thread(cast.ada)
    reply = make.reply(cast.bruno, thread)
    keeping.hide_thread(thread, reason="a look", by=cast.carla)
    keeping.hide_reply(reply, reason="a look", by=cast.carla)
    assert make.theme().reply_count == 0
    keeping.restore_reply(reply, reason="fine", by=cast.carla)
    assert make.theme().reply_count == 0
    keeping.restore_thread(thread, reason="fine", by=cast.carla)
    assert make.theme().reply_count == 1
    assert kept() == counted()


def test_a_reply_withdrawn_while_hidden_is_subtracted_once_and_not_added_when_it_returns(cast):
    reply = make.reply(cast.bruno)
    keeping.hide_reply(reply, reason="a look", by=cast.carla)
    changing.withdraw(reply, by=cast.bruno)
    assert kept() == counted()
    changing.bring_back(reply, by=cast.bruno)
    assert kept() == counted()


def test_a_refused_reply_leaves_the_counts_alone(cast):
    thread = make.locked(make.thread(cast.ada), cast.carla)
    with pytest.raises(Refused):
        make.reply(cast.bruno, thread)
    assert kept() == counted()

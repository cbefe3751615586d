"""The log holds: what was written into it can be neither changed nor lost without somebody noticing."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from forum.accounts.models import Member
from forum.core import log
from forum.core.db import db, session, transaction
from forum.core.log import LogEntry
from forum.migrating import migrations
from forum.threads.actions import keeping
from forum.threads.models import Thread
from tests import make, rows
from tests.together import at_once


@pytest.fixture
def kept(cast, thread):
    """Three entries in the log: two of carla, one of the host."""
    keeping.lock(thread, reason="Late.", by=cast.carla)
    keeping.unlock(thread, reason="Morning.", by=cast.carla)
    with transaction():
        log.record("lock", None, "host", reason="Third.")
    return list(session().scalars(select(LogEntry.id).order_by(LogEntry.id)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_entries SET reason = 'Another.' WHERE id = {}",
        "UPDATE log_entries SET actor_id = NULL WHERE id = {}",
        "UPDATE log_entries SET words = '' WHERE id = {}",
        "UPDATE log_entries SET seal = 'x', previous = 'y' WHERE id = {}",
        "DELETE FROM log_entries WHERE id = {}",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(kept, change):
    with pytest.raises(DBAPIError, match=r"never (changed|deleted)"):
        session().execute(text(change.format(kept[1])))
    session().rollback()
    assert log.verify().entries == len(kept)


def test_the_database_refuses_what_would_take_an_entrys_place(kept):
    copied = (
        "id, at, act, actor_id, actor_mark, actor_role, reason, detail, after_reply_id, salt, words, previous, seal"
    )
    forged = f"INSERT{{}} INTO log_entries ({copied}) SELECT {copied.replace('reason', chr(39) * 2)} FROM log_entries"
    way = " OR REPLACE" if db.engine.dialect.name == "sqlite" else ""
    with pytest.raises(DBAPIError):
        session().execute(text(forged.format(way)))
    session().rollback()
    assert log.verify().broken is None
    if not way:
        with pytest.raises(DBAPIError, match="never deleted"):
            session().execute(text("TRUNCATE log_entries CASCADE"))
        session().rollback()


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["at", "act", "actor_mark", "actor_role", "reason", "thread_id", "until", "seal"])
def test_a_change_behind_the_triggers_is_found(kept, name):
    moment = datetime(2100, 1, 2, tzinfo=UTC)
    other = {"at": moment, "until": moment, "thread_id": None}.get(name, "x")
    for statement in (statement for statement in rows.unguarded([]) if statement.startswith("DROP")):
        session().execute(text(statement))
    session().execute(update(LogEntry).where(LogEntry.id == kept[1]).values({name: other}))
    assert log.verify().broken == kept[1]
    session().rollback()


def test_the_words_of_an_entry_can_be_taken_out_and_the_chain_holds(kept):
    assert log.empty(kept[0], "It named someone.")
    assert not log.empty(10_000, "There is none.")
    entry = session().get_one(LogEntry, kept[0])
    assert (entry.reason, entry.detail, entry.salt) == ("", "", "")
    assert log.verify().broken is None
    session().execute(update(LogEntry).where(LogEntry.id == kept[1]).values(reason="", detail="", salt=""))
    assert log.verify().broken == kept[1], "words are gone, and no entry says who took them"
    session().rollback()


def test_those_who_act_at_the_same_moment_make_one_chain(app, cast):
    threads = [make.thread(cast.ada).id for _number in range(4)]
    carla_id = cast.carla.id

    def lock_and_unlock(thread_id):
        carla, thread = session().get_one(Member, carla_id), session().get_one(Thread, thread_id)
        keeping.lock(thread, reason="At once.", by=carla)
        keeping.unlock(thread, reason="And again.", by=carla)

    raised = at_once(app, *(lambda number=number: lock_and_unlock(number) for number in threads))
    assert raised == [None] * 4
    chain = log.verify()
    assert (chain.entries, chain.broken) == (8, None)
    assert len(set(session().scalars(select(LogEntry.actor_mark)))) == 1


def test_entries_that_were_there_before_are_chained_by_the_migration(kept):
    told = session().execute(select(LogEntry.id, LogEntry.at, LogEntry.reason, LogEntry.actor_id)).all()
    db.session.remove()
    command.downgrade(migrations(), "0015")
    command.upgrade(migrations(), "head")
    rows.BEGINNING.forget()
    rows.CAST.forget()
    assert session().execute(select(LogEntry.id, LogEntry.at, LogEntry.reason, LogEntry.actor_id)).all() == told
    assert (log.verify().entries, log.verify().broken) == (3, None)
    assert len(set(session().scalars(select(LogEntry.actor_mark).where(LogEntry.actor_id.is_not(None))))) == 1
    with transaction():
        log.record("lock", None, "host", reason="After.")
    assert log.verify().entries == 4

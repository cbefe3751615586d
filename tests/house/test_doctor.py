"""`forum doctor` says whether a forum is well, and what to do where it is not."""

import pytest
from sqlalchemy import delete, text

from forum.cli import doctor
from forum.core.db import db, session
from forum.doctor import examine
from forum.search.models import Findable
from tests import make, rows
from tests.accounts.second_factor import set_up
from tests.commitments.noted import commitment


def to_do():
    return {finding.about: finding.do for finding in examine() if finding.do}


@pytest.fixture
def key(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)
    file = tmp_path / "secret_key"
    file.write_text("x" * 64)
    file.chmod(0o600)
    return file


def test_a_forum_that_is_well_has_nothing_to_do(app, cast, thread, key):
    make.locked(thread, cast.carla, "Late.")
    make.reply(cast.ada, make.thread(cast.ada))
    assert to_do() == {}
    said = app.test_cli_runner().invoke(doctor)
    assert said.exit_code == 0, said.output
    assert "ok     log: 1 entries, one chain" in said.output
    assert all(line.startswith("ok") for line in said.output.splitlines())


def test_what_is_wrong_is_said_with_what_to_do_about_it(app, cast, thread, key):
    reply = make.reply(cast.ada, thread)
    key.chmod(0o644)
    session().execute(delete(Findable).where(Findable.reply_id == reply.id))
    cast.dario.role = "member"
    session().commit()
    assert to_do() == {
        "secret key": f"chmod 600 {key}",
        "search": "forum search reindex",
        "admins": "forum run prints a link that makes the first one",
    }
    said = app.test_cli_runner().invoke(doctor)
    assert said.exit_code == 1
    assert "TO DO  search: 0 of 1 replies in the index\n       -> forum search reindex" in said.output


def test_a_broken_chain_and_missing_guards_are_found(app, cast, thread, key):
    make.locked(thread, cast.carla, "Late.")
    if db.engine.dialect.name == "sqlite":
        drops = [statement for statement in rows.unguarded([]) if statement.startswith("DROP")]
    else:
        drops = ["ALTER TABLE log_entries DISABLE TRIGGER USER"]
    for statement in (*drops, "UPDATE log_entries SET reason = 'Never said.'"):
        session().execute(text(statement))
    assert to_do().keys() == {"log", "log's guards"}
    session().rollback()


@pytest.mark.one_database
def test_of_a_database_that_is_not_up_to_date_nothing_further_is_asked(app, cast, key):
    session().execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert to_do() == {"migrations": "forum init"}
    session().rollback()


def test_a_key_that_does_not_open_what_was_sealed_is_found(app, cast, key, monkeypatch):
    set_up(cast.ada)
    commitment(cast.ada)
    assert to_do() == {}
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one, after a backup without its key")
    assert to_do().keys() == {"second factors", "one thing, elsewhere"}
    assert "all but those of ada" in app.test_cli_runner().invoke(doctor).output

"""Whether a forum is well: what `forum doctor` asks, a line for each answer."""

from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE

from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import func, select, text

from forum.accounts import queries as accounts
from forum.accounts.actions import factors
from forum.commitments import queries as commitments
from forum.core import log
from forum.core.db import db, session
from forum.migrating import head
from forum.search.models import Findable, Gathering
from forum.threads import visibility
from forum.threads.models import Reply, Thread

GUARDS = {"sqlite": {"log_entries_kept", "log_entries_fixed", "log_entries_new"}}
GUARDS["postgresql"] = GUARDS["sqlite"] - {"log_entries_new"}


@dataclass(frozen=True, slots=True)
class Finding:
    """`do` says what to do about it; "" where nothing has to be done."""

    about: str
    found: str
    do: str = ""


def examine() -> list[Finding]:
    """Ask everything, in this order; where the database is not up to date, nothing further can be asked of it."""
    first = [_key(), _database(), _migrations()]
    if any(finding.do for finding in first[1:]):
        return first
    return [*first, _log(), _guards(), _search(), _admin(), _factors(), _commitments()]


def _key() -> Finding:
    path = Path(current_app.config["INSTANCE"]) / "secret_key"
    mode = S_IMODE(path.stat().st_mode) if path.is_file() else 0
    if mode & 0o077:
        return Finding("secret key", f"others on this machine can read it (mode {mode:o})", f"chmod 600 {path}")
    return Finding("secret key", "only the forum reads it" if mode else "given in the settings")


def _database() -> Finding:
    kind = db.engine.dialect.name
    if kind != "sqlite":
        encoding = session().scalar(text("SHOW server_encoding"))
        wrong = "" if encoding == "UTF8" else "move it to a database with --encoding UTF8"
        return Finding("database", f"{kind} answers, in {encoding}", wrong)
    said = session().execute(text("PRAGMA integrity_check(5)")).scalars().all()
    loose = session().execute(text("PRAGMA foreign_key_check")).all()
    if said != ["ok"] or loose:
        found = "; ".join(said) if said != ["ok"] else f"{len(loose)} rows refer to rows that are gone"
        return Finding("database", found, "stop the forum, keep this file, and restore the last backup")
    return Finding("database", "sqlite, whole")


def _migrations() -> Finding:
    here = MigrationContext.configure(session().connection()).get_current_revision()
    newest = head()
    return Finding("migrations", f"at {here or 'none'} of {newest}", "" if here == newest else "forum init")


def _log() -> Finding:
    chain = log.verify()
    if chain.broken is None:
        return Finding("log", f"{chain.entries} entries, one chain; its last seal is {chain.seal[:12] or 'none'}")
    found = f"the chain breaks at entry {chain.broken}"
    return Finding("log", found, "somebody changed the database: compare it with a backup, and with the log's feed")


def _guards() -> Finding:
    kind = db.engine.dialect.name
    named = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    missing = GUARDS[kind] - set(session().scalars(text(named[kind])))
    if missing:
        found = f"{', '.join(sorted(missing))} is missing: entries could be changed"
        return Finding("log's guards", found, "forum init on a copy of the newest backup, or make the triggers anew")
    return Finding("log's guards", "entries can be neither changed nor deleted")


def _search() -> Finding:
    if session().get(Gathering, 1):
        return Finding("search", "the index is being made anew; a running forum goes on with it")
    standing = select(func.count()).select_from(Reply).join(Thread, Thread.id == Reply.thread_id)
    standing = standing.where(visibility.listed(visibility.MEMBERS))
    found = select(func.count()).where(Findable.reply_id.is_not(None))
    replies, known = session().scalar(standing), session().scalar(found)
    wrong = "" if replies == known else "forum search reindex"
    return Finding("search", f"{known} of {replies} replies in the index", wrong)


def _admin() -> Finding:
    admins = accounts.admins()
    return Finding("admins", str(admins), "" if admins else "forum run prints a link that makes the first one")


def _factors() -> Finding:
    count, lost = factors.lost()
    if lost:
        found = f"of {count}, the key opens all but those of {', '.join(lost)}"
        return Finding("second factors", found, "restore the instance's secret_key, or forum member remove-factor NAME")
    return Finding("second factors", f"{count}, and the key opens them" if count else "none")


def _commitments() -> Finding:
    """Look at the latest ones only: there may be many, and one key has sealed them."""
    latest = [one.plan for one in commitments.latest()]
    if None in latest:
        return Finding("one thing, elsewhere", "the key does not open all of it", "restore the instance's secret_key")
    return Finding("one thing, elsewhere", "the key opens it" if latest else "none")

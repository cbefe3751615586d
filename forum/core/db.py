"""The database: one base class, one way to write.

Every change that a reader could see goes through `transaction()`, which first raises the forum's *pulse*. That one row does
three things. It makes writers queue, on PostgreSQL as they do on SQLite, so that a rule asked inside a transaction stays true
until it ends: no reply slips in behind a lock. It numbers every change, so lists order by it and no clock can reorder them.
And it tells every process, in one indexed read, whether a page that it rendered a moment ago still holds.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVarTuple

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, Select, Text, event, select, update
from sqlalchemy.engine import Connection, Dialect, Result
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

Columns = TypeVarTuple("Columns")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC: stored without an offset, since SQLite keeps none, and given back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


db = SQLAlchemy(model_class=Base)


def is_mapped(name: str | None, _kind: str, _parents: object) -> bool:
    """Return whether a table, column or index is one of the models' own: search keeps others beside them (see its migration)."""
    return not (name or "").startswith("matching")


class Site(db.Model):  # type: ignore[misc, name-defined]
    """The forum itself: one row, `id` 1."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    pulse: Mapped[int] = mapped_column(default=0)
    # Here, since the row comes with every request: a page that shows the note asks nothing more.
    safety: Mapped[str] = mapped_column(Text, default="", server_default="")
    """The host's own notes on where to find help, as JSON: Markdown by locale. A locale that is not in it has the one that
    comes along."""


def session() -> Session:
    """Return the session of this request, typed."""
    return db.session()


@contextmanager
def reading(*, on: bool = False) -> Iterator[None]:
    """Let what is read inside by `read` share one connection, without the weight of the ORM's session.

    `on`: whoever reads next in this request goes on with it.
    """
    g.setdefault("reading", None)  # until something is read
    try:
        yield
    finally:
        if not on:
            _stop_reading()


def _stop_reading(_error: BaseException | None = None) -> None:
    connection = g.pop("reading", None)
    if connection is not None:
        connection.close()


def read(statement: Select[*Columns], values: Mapping[str, Any]) -> Result[*Columns]:
    """Return what a statement finds, by the connection of `reading` where there is one."""
    if "reading" not in g:
        return session().execute(statement, values)
    g.reading = g.reading or db.engine.connect()
    return g.reading.execute(statement, values)


@contextmanager
def transaction(*, public: bool = True) -> Iterator[int]:
    """Let rows, log and queue stand or fall together; yield the pulse that numbers this change.

    What was loaded before is read again inside, because it may have changed since. `public=False` is for what no reader
    sees (sessions, attempts): it leaves the pulse alone, yields 0, and is committed even when the page itself fails.
    One that is begun inside another is a part of it; what readers see cannot be a part of what they do not.
    """
    rows = session()
    if (running := rows.info.get("pulse")) is not None:
        if public and not running:
            raise RuntimeError("A change that readers see, inside a transaction that leaves the pulse alone.")
        yield running
        return
    rows.rollback()
    rows.connection(execution_options={"writes": True})
    try:
        rows.info["pulse"] = _raise_pulse(rows) if public else _hold_pulse(rows)
        yield rows.info["pulse"]
        rows.commit()
    except BaseException:
        rows.rollback()
        raise
    finally:
        rows.info.pop("pulse", None)


def _raise_pulse(rows: Session) -> int:
    raised = update(Site).where(Site.id == 1).values(pulse=Site.pulse + 1).returning(Site.pulse)
    return rows.execute(raised.execution_options(synchronize_session=False)).scalar_one()


def _hold_pulse(rows: Session) -> int:
    """Queue behind the other writers, so that no one-time link is used twice at once; SQLite's have queued already."""
    rows.execute(select(Site.id).where(Site.id == 1).with_for_update())
    return 0


def connect(app: Flask) -> None:
    """Bind the database to `app`: on SQLite write-ahead log, foreign keys, full durability, explicit transactions."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    # hide_parameters: what people write must not end up in the server's log with an error.
    if url.startswith("postgresql"):
        app.config.setdefault(
            "SQLALCHEMY_ENGINE_OPTIONS", {"hide_parameters": True, "pool_pre_ping": True, "pool_size": 8}
        )
    else:
        app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"hide_parameters": True, "connect_args": {"timeout": 5}})
    db.init_app(app)
    app.teardown_appcontext(_stop_reading)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tune_sqlite(db.engine, app.config.get("SQLITE_SYNCHRONOUS", "FULL"))


def _tune_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            f"synchronous={synchronous}",
            "busy_timeout=5000",
            "cache_size=-500",  # kB, for each thread of each process; beyond it the system's own cache answers about as fast
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A writer that starts as a reader fails at once, without waiting, when another writer came between.
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # By the driver itself, at a tenth of the cost: it waits for nobody, so no error of its has to be translated.
            connection.connection.cursor().execute("BEGIN")

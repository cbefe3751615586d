"""the log: entries that are chained, and that nobody changes or deletes"""

import json
import secrets
from datetime import UTC
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = ("actor_mark", "salt", "words", "previous", "seal")
FIXED = (
    "id", "at", "act", "actor_id", "actor_mark", "actor_role", "until", "thread_id", "reply_id", "theme_id", "member_id",
    "essay_id", "after_reply_id", "words", "previous", "seal",
)  # fmt: skip
EMPTIABLE = ("reason", "detail", "salt")
_UNCHANGED = " AND ".join(f"new.{name} IS old.{name}" for name in FIXED)
_EMPTIED = " AND ".join(f"new.{name} IN (old.{name}, '')" for name in EMPTIABLE)
SQLITE = (
    "CREATE TRIGGER log_entries_kept BEFORE DELETE ON log_entries BEGIN "
    "SELECT RAISE(ABORT, 'An entry of the log is never deleted.'); END",
    f"CREATE TRIGGER log_entries_fixed BEFORE UPDATE ON log_entries WHEN NOT ({_UNCHANGED} AND {_EMPTIED}) BEGIN "
    "SELECT RAISE(ABORT, 'An entry of the log is never changed.'); END",
    # INSERT OR REPLACE deletes without asking the trigger for that.
    "CREATE TRIGGER log_entries_new BEFORE INSERT ON log_entries WHEN EXISTS (SELECT 1 FROM log_entries "
    "WHERE id = new.id OR previous = new.previous OR seal = new.seal) BEGIN "
    "SELECT RAISE(ABORT, 'The log goes on at its end only.'); END",
)
POSTGRESQL = (
    """CREATE FUNCTION log_entries_hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF to_jsonb(new) - ARRAY['reason', 'detail', 'salt'] = to_jsonb(old) - ARRAY['reason', 'detail', 'salt']
                AND new.reason IN (old.reason, '') AND new.detail IN (old.detail, '') AND new.salt IN (old.salt, '')
            THEN
                RETURN new;
            END IF;
            RAISE EXCEPTION 'An entry of the log is never changed.';
        END IF;
        RAISE EXCEPTION 'An entry of the log is never deleted.';
    END $$""",
    "CREATE TRIGGER log_entries_fixed BEFORE UPDATE OR DELETE ON log_entries "
    "FOR EACH ROW EXECUTE FUNCTION log_entries_hold()",
    "CREATE TRIGGER log_entries_kept BEFORE TRUNCATE ON log_entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION log_entries_hold()",
)


def upgrade():
    for name in NEW:
        op.add_column("log_entries", sa.Column(name, sa.String(), nullable=False, server_default=""))
    _chain(op.get_bind())
    op.create_index("ix_log_entries_act", "log_entries", ["act", "id"])
    op.create_index(op.f("ix_log_entries_actor_id"), "log_entries", ["actor_id"])
    op.create_index(op.f("ix_log_entries_actor_mark"), "log_entries", ["actor_mark"])
    with op.batch_alter_table("log_entries") as table:
        for name in NEW:
            table.alter_column(name, server_default=None)
        table.create_unique_constraint(op.f("uq_log_entries_previous"), ["previous"])
        table.create_unique_constraint(op.f("uq_log_entries_seal"), ["seal"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def _chain(connection):
    """Seal the entries that stand there, in their order, as forum/core/chain.py did when this was written."""
    moments = {name: sa.column(name, sa.DateTime()) for name in ("at", "until")}
    others = ("id", "act", "actor_id", "actor_role", "thread_id", "reply_id", "theme_id", "member_id", "essay_id")
    columns = [*moments.values(), *map(sa.column, (*others, "after_reply_id", "reason", "detail"))]
    entries = sa.table("log_entries", *columns, *map(sa.column, NEW))
    previous, marks = "", {None: ""}
    for row in connection.execute(sa.select(*columns).order_by(entries.c.id)).mappings().all():
        while row["actor_id"] not in marks:
            drawn = f"m-{secrets.token_hex(2)}"
            if drawn not in marks.values():
                marks[row["actor_id"]] = drawn
        salt = secrets.token_hex(16)
        new = {"actor_mark": marks[row["actor_id"]], "salt": salt, "previous": previous}
        new["words"] = sha256("\0".join((salt, row["reason"], row["detail"])).encode()).hexdigest()
        previous = new["seal"] = _sealed({**row, **new})
        connection.execute(entries.update().where(entries.c.id == row["id"]).values(new))


def _sealed(entry):
    told = {name: entry[name] for name in FIXED if name not in {"id", "seal"} and entry[name]}
    for name in {"at", "until"} & told.keys():
        told[name] = told[name].replace(tzinfo=UTC).isoformat(timespec="microseconds")
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for name in ("kept", "fixed", "new"):
            op.execute(f"DROP TRIGGER log_entries_{name}")
    else:
        op.execute("DROP TRIGGER log_entries_kept ON log_entries")
        op.execute("DROP TRIGGER log_entries_fixed ON log_entries")
        op.execute("DROP FUNCTION log_entries_hold()")
    op.drop_index(op.f("ix_log_entries_actor_mark"), table_name="log_entries")
    op.drop_index(op.f("ix_log_entries_actor_id"), table_name="log_entries")
    op.drop_index("ix_log_entries_act", table_name="log_entries")
    with op.batch_alter_table("log_entries") as table:
        table.drop_constraint(op.f("uq_log_entries_seal"), type_="unique")
        table.drop_constraint(op.f("uq_log_entries_previous"), type_="unique")
        for name in NEW:
            table.drop_column(name)

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from forum.core.db import db, is_mapped
from forum.migrating import migrations
from tests import make, rows


def test_the_migrations_make_what_the_models_say(forum):
    with forum.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_mapped})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrations_go_down_and_up_again_with_data_in_the_tables(app, cast, thread):
    make.reply(cast.ada)
    db.session.remove()
    command.downgrade(migrations(), "base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    command.upgrade(migrations(), "head")
    rows.BEGINNING.forget()
    rows.CAST.forget()
    assert "replies" in inspect(db.engine).get_table_names()

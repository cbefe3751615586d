from alembic.migration import MigrationContext
from alembic.autogenerate import compare_metadata
from flask_migrate import downgrade, upgrade
from forum.core.db import db
from sqlalchemy import inspect


def test_the_migrations_make_what_the_models_say(forum):
    with forum.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_migrations_go_down_and_up_again_with_data_in_the_tables(app, cast, thread):
    from tests import make

    make.reply(cast.ada)
    db.session.remove()
    folder = str(app.config["MIGRATIONS"])
    downgrade(directory=folder, revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade(directory=folder)
    assert "replies" in inspect(db.engine).get_table_names()

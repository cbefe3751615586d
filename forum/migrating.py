"""The database's tables, brought to what this version of the forum needs. Alembic is loaded here alone."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app


def migrations() -> Config:
    """Return what Alembic's commands need; they reach the database through the application (migrations/env.py)."""
    config = Config()
    config.set_main_option("script_location", str(current_app.config["MIGRATIONS"]))
    return config


def head() -> str | None:
    """Return the revision that the tables should have."""
    return ScriptDirectory.from_config(migrations()).get_current_head()


def upgrade() -> None:
    command.upgrade(migrations(), "head")

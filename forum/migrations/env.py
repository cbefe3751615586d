"""How Alembic reaches the forum's database: through the application that called it."""

from typing import Any, Literal

from alembic import context

from forum.core.db import Moment, db, is_mapped


def render(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write our type for moments as the plain column that it is: a migration must not change when our code does."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


with db.engine.connect().execution_options(writes=True) as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render,
        include_name=is_mapped,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

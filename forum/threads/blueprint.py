from typing import Any

from flask import Blueprint, Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from forum.core import markdown
from forum.core.pages import LARGEST_KEY
from forum.core.slugs import slug

bp = Blueprint("threads", __name__)


class ReferenceConverter(BaseConverter):
    """A thread in an address: its id, and words of its title that are there for people (`7-what-i-heard`)."""

    regex = r"[0-9]{1,19}(?:-[a-z0-9-]{0,80})?"
    part_isolating = True

    def to_python(self, value: str) -> tuple[int, str]:
        number, _, words = value.partition("-")
        return min(int(number), LARGEST_KEY), words

    def to_url(self, value: Any) -> str:
        if isinstance(value, int):
            return str(value)
        number, words = value if isinstance(value, tuple) else (value.id, getattr(value, "slug", ""))
        return f"{number}-{words}" if words else str(number)


class KeyConverter(IntegerConverter):
    """A number in an address that a row can have; any larger one is a page that does not exist."""

    def __init__(self, map: Map) -> None:  # noqa: A002 (Werkzeug's own name)
        super().__init__(map, max=LARGEST_KEY)


def add_converters(app: Flask) -> None:
    app.jinja_env.filters["slug"] = slug
    app.jinja_env.filters.update(excerpt=markdown.excerpt, shortened=markdown.shortened)
    app.url_map.converters.update(reference=ReferenceConverter, int=KeyConverter)

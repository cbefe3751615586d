from collections.abc import Sequence

from sqlalchemy import func, select

from forum.core.db import session
from forum.essays.importing import ThemeText
from forum.essays.models import Essay
from forum.essays.signals import themed
from forum.themes import queries
from forum.themes.models import Theme


@themed.connect
def take_themes(_essay: Essay, *, themes: Sequence[ThemeText]) -> None:
    """Add the themes that an essay brings, or give known ones its wording. None is ever dropped: replies stand under it."""
    known = {theme.key: theme for theme in queries.among(theme.key for theme in themes)}
    last = session().scalar(select(func.max(Theme.position))) or 0
    for place, text in enumerate(themes, last + 1):
        theme = known.get(text.key)
        if theme is None:
            theme = Theme(key=text.key, position=place)
            session().add(theme)
        theme.name, theme.question = text.name, text.question
    session().flush()

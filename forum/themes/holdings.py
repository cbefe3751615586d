from forum.core.holdings import of_nobody
from forum.themes.models import Theme

of_nobody(Theme)

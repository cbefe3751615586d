from flask_babel import lazy_gettext as _l

from forum.core.holdings import NOBODY, Holding, hold, of_nobody
from forum.search import actions
from forum.search.models import Findable, Gathering

hold(
    Holding(
        key="index",
        group="writing",
        tables=(Findable,),
        within="replies",
        title=_l("The index of words"),
        what=_l(
            "The words that everyone can read, once more without accents and capitals. What anyone searches for is not stored."
        ),
        why=_l("So that they can be found."),
        until=_l("As long as everyone can read them: the index follows each change at once."),
        leaving=_l("It goes or stays with your texts."),
        otherwise=NOBODY,
        steps=(actions.forget_traces,),
    )
)
of_nobody(Gathering)

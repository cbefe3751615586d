from flask_babel import lazy_gettext as _l

from forum.core.holdings import EMPTIED, Holding, hold
from forum.rules.models import RulesVersion

hold(
    Holding(
        key="rules",
        group="house",
        tables=(RulesVersion,),
        people={"rules_versions.published_by_id": EMPTIED},
        title=_l("Versions of the rules that you wrote"),
        what=_l("Which ones, and when."),
        why=_l("So that the other admins know whom to ask about them."),
        until=_l("For good: what was decided by a rule stays readable beside it."),
        leaving=_l("The rules stay. Nobody knows any more who wrote them."),
    )
)

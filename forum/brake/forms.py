from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from forum.brake.actions import AUTO
from forum.brake.heat import MINUTES
from forum.threads.forms import ReasonForm
from forum.threads.lengths import length


class PaceForm(ReasonForm):
    minutes = SelectField(
        _l("Pause between two answers of the same person"),
        description=_l("For a day. A first answer is never slowed, nor is changing or withdrawing one."),
    )

    def offer(self) -> None:
        by_itself = SelectChoice(AUTO, _("as the forum asks for it by itself"))
        self.minutes.choices = [by_itself, *(SelectChoice(str(minutes), length(minutes)) for minutes in MINUTES)]

    @property
    def wanted(self) -> int | None:
        return None if self.minutes.data == AUTO else int(self.minutes.data)

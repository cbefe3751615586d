from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from forum.commitments.actions.committing import Words
from forum.commitments.actions.telling import Told
from forum.commitments.plans import ANSWERS
from forum.commitments.queries import today
from forum.core.forms import Form, Line, Most, Text, required
from forum.threads.forms import FormKey

LONGEST_NOTE = 1000  # characters of its three parts together
LATEST = timedelta(days=730)
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]  # as browsers send it, and as people type it
PARTS = ("tried", "happened", "otherwise")


class CommitForm(Form):
    when = Line(_l("When"), [required(), Most(200)], description=_l("What happens? “a joke at the expense of someone”"))
    among = Line(
        _l("happens among my"), [required(), Most(80)], description=_l("Where? “colleagues”, “friends”, “team”")
    )
    will = Line(
        _l("I will"), [required(), Most(300)], description=_l("One thing that you can do. “ask what was meant”")
    )
    ask_on = DateField(_l("Ask me on"), [Optional()], format=DAYS)
    form_key = HiddenField(validators=[FormKey()])

    field_order = ("when", "among", "will", "ask_on")

    def validate_ask_on(self, field: DateField) -> None:
        if field.data and field.data <= today():
            raise ValidationError(_("Please choose a day to come."))
        if field.data and field.data > today() + LATEST:
            raise ValidationError(_("Please choose a day within two years."))

    @property
    def words(self) -> Words:
        return Words(_bare(self.when.data), _bare(self.among.data), _bare(self.will.data))

    @property
    def day(self) -> date | None:
        chosen: date | None = self.ask_on.data
        return chosen


def _bare(text: str) -> str:
    """Return words as they stand within a sentence: without its full stop."""
    return text.rstrip(" .…") or text


class AnswerForm(Form):
    answer = RadioField(
        _l("What came of it?"),
        choices=[SelectChoice(*named) for named in ANSWERS.items()],
        validators=[InputRequired(_l("Please choose one."))],
    )


class TellForm(Form):
    tried = Text(_l("What I tried"), [required()])
    happened = Text(_l("What happened"), [required()])
    otherwise = Text(_l("What I would do otherwise"))
    door = BooleanField(_l("Others may ask about it: at most two questions, and nothing else"))
    signed = BooleanField(_l("Put my name on it"))

    field_order = PARTS

    def validate_otherwise(self, _field: Any) -> None:
        over = sum(len(self[name].data or "") for name in PARTS) - LONGEST_NOTE
        if over > 0:
            raise ValidationError(
                _("Together this is %(over)s characters too long; at most %(most)s fit.", over=over, most=LONGEST_NOTE)
            )

    @property
    def told(self) -> Told:
        words = {name: self[name].data or "" for name in PARTS}
        return Told(**words, signed=self.signed.data, door=self.door.data)


class AskForm(Form):
    question = Text(_l("Your question"), [required(), Most(500)])

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from forum.accounts.forms import AgainForm


class Leaving(AgainForm):
    texts = RadioField(
        _l("What becomes of your texts?"),
        [InputRequired(_l("Please choose what becomes of your texts."))],
        choices=[
            SelectChoice("take", _l("Take my texts along: their words are erased at once, and cannot be brought back")),
            SelectChoice("keep", _l("Leave them without my name: “a former member” stands over them, and no link")),
        ],
    )

    field_order = ("texts", "current", "current_code")

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from forum.core.forms import Form, required


class PasswordAgain(Form):
    password = PasswordField(
        _l("Your password"),
        [required()],
        description=_l("Asked again, in case somebody else sits at your open page."),
        render_kw={"autocomplete": "current-password"},
    )

from flask_babel import lazy_gettext as _l

from forum.core.forms import Form, Line, Most, required


class RefuseForm(Form):
    reason = Line(
        _l("Reason"),
        [required(), Most(300)],
        description=_l(
            "Its author reads this, and the log shows it without their name. Say what would have to be different."
        ),
    )

from flask_babel import lazy_gettext as _l

from forum.core.forms import Form, Most, Text


class SafetyForm(Form):
    source = Text(
        _l("Text"),
        [Most(1_000)],
        description=_l("Markdown, a sentence or two, for someone who may not read it alone. Empty shows none."),
    )


class HouseTextForm(Form):
    source = Text(
        _l("Text"),
        [Most(20_000)],
        description=_l("Markdown. Empty brings back the wording that comes along."),
    )

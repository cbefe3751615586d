from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields import HiddenField

from forum.core.forms import Form, Most, Text


class ImportForm(Form):
    """A text pasted or uploaded; then, beside its preview, the themes and where it goes."""

    file = FileField(_l("File"), description=_l("Markdown, plain text or an HTML page, at most 1 MB."))
    text = Text(_l("Or paste the text"), [Most(1_000_000)])
    themes = Text(
        _l("Themes"),
        [Most(20_000)],
        description=_l(
            "One a line: name | question | passages, such as 1-9, 12. Empty: those the text or the essay has."
        ),
    )
    into = SelectField(_l("Publish as"))
    filename = HiddenField()

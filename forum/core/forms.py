"""Forms that give back what was typed, whatever was wrong with it."""

from functools import lru_cache
from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.i18n import get_translations
from wtforms.validators import InputRequired, StopValidation, ValidationError

from forum.core import i18n
from forum.core.text import clean, one_line


class Form(FlaskForm):  # type: ignore[misc]
    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Reads what was sent as text: no file and no JSON can stand where words are meant."""

        csrf = False  # every request that changes something is asked for its token before it comes here (CSRFProtect)

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            return (request.form or None) if formdata is not None and form.is_submitted() else None

        def get_translations(self, _form: FlaskForm) -> Any:
            return _own_words(i18n.locale())

    def problems(self) -> list[tuple[str, str, str]]:
        """Return (field id, label, sentence) for each thing that is wrong, in the form's order."""
        return [(f.id, str(f.label.text), str(why)) for f in self for why in f.errors]


@lru_cache(maxsize=8)
def _own_words(language: str) -> Any:
    """Return WTForms' own sentences; Flask-WTF would read their file anew for each form."""
    return get_translations([language])


class Required(InputRequired):  # type: ignore[misc]
    """Refuse what holds nothing that can be seen: WTForms' own looks at what was sent, before it is cleaned."""

    def __call__(self, _form: Form, field: Any) -> None:
        if not one_line(field.data or ""):
            raise StopValidation(self.message)


def required() -> Required:
    return Required(lazy_gettext("Please fill this in."))


class Most:
    """Refuse a text of more than `most` characters (code points, as the reader counts them, after cleaning)."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most} if most <= 200 else {}  # noqa: PLR2004 (a long text must not be cut while pasting)

    def __call__(self, _form: Form, field: Any) -> None:
        if (over := len(field.data or "") - self.most) > 0:
            sentence = lazy_gettext(
                "This is %(over)s characters too long; at most %(most)s fit.", over=over, most=self.most
            )
            raise ValidationError(sentence)


class Line(StringField):  # type: ignore[misc]
    """One line of text: no line breaks, no invisible characters."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([one_line(value) for value in valuelist])


class Text(TextAreaField):  # type: ignore[misc]
    """Text of several lines, in the one shape that the database keeps."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([clean(value) for value in valuelist])

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from forum.core.config import LOCALES
from forum.core.forms import Form, Line, Most, Text, required
from forum.rules.reading import HouseRule, Unreadable, alike, read


class RulesForm(Form):
    """One text for each language; `read` holds the rules in each once it is valid."""

    note = Line(
        _l("What changes, and why"),
        [required(), Most(300)],
        description=_l("One sentence for everyone to read, in the log and beside the version."),
    )
    known = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read: dict[str, list[HouseRule]] = {}

    @property
    def sources(self) -> dict[str, str]:
        return {locale: self[locale].data or "" for locale in LOCALES}

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        for locale in LOCALES:
            try:
                self.read[locale] = read(self[locale].data or "")
                alike({next(iter(self.read)): self.read[next(iter(self.read))], locale: self.read[locale]})
            except Unreadable as why:
                self[locale].errors = [*self[locale].errors, str(why)]
                fine = False
        return bool(fine)


for _code, _language in LOCALES.items():
    setattr(RulesForm, _code, Text(_language, [required(), Most(20_000)]))

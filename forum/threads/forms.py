import re
import secrets
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, DateField, DateTimeLocalField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from forum.core import clock
from forum.core.forms import Form, Line, Most, Text, required
from forum.core.rules import refusal
from forum.core.text import legible
from forum.essays.anchors import AROUND, Quote
from forum.threads import lengths
from forum.threads.actions.mentioning import written
from forum.threads.arrangement import DATES, NONE, SLOWNESS

KIND_CHOICES = [
    SelectChoice("lived", _l("I lived this")),
    SelectChoice("thinking", _l("I think")),
    SelectChoice("asking", _l("I ask")),
    SelectChoice("differing", _l("I see it differently")),
]


MINUTE = [
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
]  # as browsers send it, and as people type it
LONGEST = 20_000  # characters of an opening text
LAST_DAY = date.max - timedelta(days=3)  # the day after it exists, in every time zone


def form_key() -> str:
    return secrets.token_hex(16)


class ReplyLength:
    """Refuse a reply longer than this forum's FORUM_REPLY_LENGTH."""

    def __call__(self, form: Form, field: Any) -> None:
        Most(current_app.config["REPLY_LENGTH"])(form, field)


class FewMentions:
    """Refuse a text that mentions more people than the rule allows, beside the text."""

    def __call__(self, _form: Form, field: Any) -> None:
        mentioned = written(field.data).mentioned if "@" in (field.data or "") else frozenset()
        if sentence := refusal("mention", current_user, mentioned):
            raise ValidationError(sentence)


class FormKey:
    """Refuse what is no key of ours; a form without one gets a new one."""

    def __call__(self, _form: Form, field: Any) -> None:
        if not (field.data or "").isalnum() or len(field.data) > 64:  # noqa: PLR2004
            field.data = form_key()


class Selected(HiddenField):  # type: ignore[misc]
    """What a reader selected, without what would act on the page around it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([legible(value) for value in valuelist])


class ReplyForm(Form):
    theme = SelectField(_l("Theme"), validate_choice=True)
    kind = RadioField(
        _l("How do you speak?"),
        choices=KIND_CHOICES,
        validators=[InputRequired(_l("Please say how you speak: it tells others how to listen."))],
    )
    body = Text(_l("Your reply"), [required(), ReplyLength(), FewMentions()])
    form_key = HiddenField(validators=[FormKey()])
    passage = HiddenField()
    exact = Selected()
    prefix = Selected()
    suffix = Selected()

    @property
    def quote(self) -> Quote | None:
        """Return the words of the passage that this is about, if it is about some."""
        if not self.exact.data:
            return None
        return Quote(self.exact.data, (self.prefix.data or "")[-AROUND:], (self.suffix.data or "")[:AROUND])

    def only_ask(self) -> None:
        """Offer no other way to speak than to ask."""
        self.kind.choices = [choice for choice in KIND_CHOICES if choice.value == "asking"]
        self.kind.data = self.kind.data or "asking"

    def offer(self, themes: Any, fixed: str | None = None) -> None:
        """Offer these themes; with one to choose from, or a fixed one, there is nothing to choose."""
        offered = [SelectChoice(theme.key, theme.name) for theme in themes]
        if fixed or len(offered) == 1:
            chosen = fixed or offered[0].value
            self.theme.choices = [SelectChoice(chosen)]
            self.theme.data = chosen
            self.theme.raw_data = [chosen]
        else:
            self.theme.choices = [SelectChoice("", _("Please choose")), *offered]

    @property
    def chooses_theme(self) -> bool:
        return len(self.theme.choices or []) > 1

    def validate_theme(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Please choose the theme that this belongs under."))


class ThreadForm(Form):
    theme = SelectField(_l("Theme"))
    title = Line(_l("Title"), [required(), Most(150)])
    body = Text(_l("Opening text"), [required(), Most(LONGEST), FewMentions()])
    form_key = HiddenField(validators=[FormKey()])

    def offer(self, themes: Any) -> None:
        offered = [SelectChoice(theme.key, theme.name) for theme in themes]
        self.theme.choices = [SelectChoice("", _("Please choose")), *offered]

    def validate_theme(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Please choose the theme that this belongs under."))


class EditForm(Form):
    kind = RadioField(_l("How do you speak?"), choices=KIND_CHOICES, validators=[InputRequired()])
    body = Text(_l("Your reply"), [required(), ReplyLength(), FewMentions()])
    reason = Line(_l("Why this change"), [Most(200)], description=_l("Stands beside what changed."))


class EditThreadForm(Form):
    title = Line(_l("Title"), [required(), Most(150)])
    body = Text(_l("Opening text"), [required(), Most(LONGEST), FewMentions()])


class ReasonForm(Form):
    reason = Line(
        _l("Reason"),
        [required(), Most(300)],
        description=_l("Everyone will read it, in the thread and in the public log."),
    )


def zone() -> tzinfo:
    return current_app.config["TIMEZONE"]


class Near:
    """Refuse a moment that no calendar of ours reaches in every time zone."""

    def __call__(self, _form: Form, field: Any) -> None:
        if field.data and not 2000 <= field.data.year < 3000:  # noqa: PLR2004 (a thousand years are enough)
            raise ValidationError(_("Please choose a day nearer to now."))


class ArrangeForm(ReasonForm):
    members_only = BooleanField(_l("Members only: for visitors this thread does not exist"))
    asking_only = BooleanField(
        _l("Questions only: a reply to the thread is a question; its answers speak as they like")
    )
    first_waits = BooleanField(
        _l("First replies wait: what someone writes here for the first time is read before it stands")
    )
    slow_minutes = SelectField(_l("Slow mode: the pause between two replies of the same person"), coerce=int)
    opens_at = DateTimeLocalField(
        _l("Opens at"),
        [Optional(), Near()],
        format=MINUTE,
        tz=zone,
        description=_l("Before that, only those who keep it write."),
    )
    closes_at = DateTimeLocalField(
        _l("Closes at"),
        [Optional(), Near()],
        format=MINUTE,
        tz=zone,
        description=_l("Then only those who keep it write."),
    )

    field_order = ("slow_minutes", "opens_at", "closes_at", "reason")

    def show(self, thread: Any) -> None:
        """Fill in a thread's arrangement; times stand in the forum's zone."""
        for name, value in thread.arrangement.items():
            self[name].data = value

    def offer(self) -> None:
        self.slow_minutes.choices = [SelectChoice(minutes, lengths.length(minutes)) for minutes in SLOWNESS]

    def validate_closes_at(self, field: DateTimeLocalField) -> None:
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("A thread closes after it opens."))

    @property
    def wanted(self) -> dict[str, Any]:
        """Return the arrangement that was asked for."""
        asked = {name: self[name].data for name in NONE}
        return {**asked, **{name: asked[name] and asked[name].astimezone(UTC) for name in DATES}}


class MoveForm(ReasonForm):
    into = Line(
        _l("Thread"), [Optional(), Most(300)], description=_l("Its address or number. Empty: the thread where it is.")
    )
    theme = SelectField(_l("Theme"))

    field_order = ("into", "theme", "reason")

    def thread_id(self) -> int | None:
        """Return the id of the thread that was named, 0 for something that names none, None for no name at all."""
        return _thread_id(self.into.data)


class SplitForm(ReasonForm):
    title = Line(_l("Title"), [required(), Most(150)])
    theme = SelectField(_l("Theme"))

    field_order = ("title", "theme", "reason")


class MergeForm(ReasonForm):
    into = Line(_l("Into which thread"), [required(), Most(300)], description=_l("Its address or number."))

    field_order = ("into", "reason")

    def thread_id(self) -> int | None:
        return _thread_id(self.into.data)


class RetitleForm(ReasonForm):
    title = Line(_l("Title"), [required(), Most(150)])

    field_order = ("title", "reason")


def _thread_id(named: str | None) -> int | None:
    if not named:
        return None
    found = re.fullmatch(r"(?:.*/threads/)?#?([0-9]{1,9})(?:[-?#/].*)?", named)
    return int(found[1]) if found else 0


class PinForm(ReasonForm):
    scope = SelectField(_l("Where"))
    until = DateField(_l("Until"), [Optional()], description=_l("The last day. Empty: until someone unpins it."))

    field_order = ("scope", "until", "reason")

    def validate_until(self, field: DateField) -> None:
        if field.data and field.data < clock.now().date():
            raise ValidationError(_("This day is over already."))

    def until_moment(self) -> datetime | None:
        """Return the end of the chosen day, in the forum's time zone."""
        if not self.until.data:
            return None
        zone = current_app.config["TIMEZONE"]
        last = min(self.until.data, LAST_DAY)
        return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from forum.core.forms import Form, Line, Most, Text, required
from forum.moderation.actions.flagging import Complaint
from forum.moderation.names import ACTED, NOTHING, REASONS, UNLAWFUL

LONGEST_ADDRESSED = 200  # characters of a name as an address spells it
SPACES = re.compile(r"[\s>*_`#~\[\]()-]+")


class NeededIfUnlawful:
    """Ask for what a notice of something unlawful has to hold, and for nothing of it otherwise."""

    def __call__(self, form: Form, field: Any) -> None:
        if form.reason.data == UNLAWFUL and not field.data:
            raise ValidationError(_("Please fill this in: a report of something unlawful needs it."))


class FlagForm(Form):
    reason = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(*named) for named in REASONS.items()],
        validators=[InputRequired(_l("Please choose what comes closest."))],
    )
    words = Text(_l("Which words"), [Most(500)], description=_l("As they stand there. Empty: all of it."))
    line = Text(
        _l("What moderators should know"),
        [Most(500)],
        description=_l("Nobody asks you to explain, and nobody else reads it."),
    )
    ground = Text(
        _l("Why is it against the law?"),
        [NeededIfUnlawful(), Most(1500)],
        description=_l("Which law or right, if you know it, and what makes you think so."),
    )
    name = Line(_l("Your name"), [Most(120)])
    email = EmailField(
        _l("Your e-mail address"),
        [Most(254)],
        description=_l(
            "By law, name and address belong to such a report; leave them empty where it is about sexual abuse of children. "
            "Only moderators see them."
        ),
    )
    good_faith = BooleanField(
        _l("I believe in good faith that what I say here is right and complete."), [NeededIfUnlawful()]
    )

    field_order = ("reason", "words", "line", "ground", "name", "email", "good_faith")

    def narrow(self) -> None:
        """Leave what is unlawful as the only reason."""
        self.reason.choices = [SelectChoice(UNLAWFUL, REASONS[UNLAWFUL])]
        self.reason.data, self.reason.raw_data = UNLAWFUL, [UNLAWFUL]

    def stands_in(self, wording: str) -> bool:
        """Return whether the words that are marked stand in a text in Markdown, and say beside the field where not."""
        if not self.words.data or _plain(self.words.data) in _plain(wording):
            return True
        self.words.errors = [_("These words do not stand there. Copy them as they stand, or leave this empty.")]
        return False

    def complaint(self) -> Complaint:
        legal = self.reason.data == UNLAWFUL
        told = {name: (self[name].data or "").strip() if legal else "" for name in ("name", "email", "ground")}
        return Complaint(self.reason.data, self.words.data or "", self.line.data or "", **told)


def _plain(text: str) -> str:
    return SPACES.sub(" ", text).strip().casefold()


class AddressForm(Form):
    address = Line(
        _l("Where does it stand?"),
        [required(), Most(300)],
        description=_l(
            "The address of the reply, thread or profile. Each reply has one behind the time of its writing."
        ),
    )

    def place(self) -> tuple[str, str] | None:
        """Return (kind, id or name) of what the address leads to."""
        text = self.address.data or ""
        anchor = re.search(r"#r([0-9]{1,9})$", text)
        if anchor:
            return "replies", anchor[1]
        found = re.search(r"/(replies|threads|members)/([^/?#]+)", text)
        if not found:
            return None
        number = re.match(r"[0-9]{1,9}(?![0-9])", found[2])
        if found[1] == "members":
            return ("members", found[2]) if len(found[2]) <= LONGEST_ADDRESSED else None
        return (found[1], number[0]) if number else None


class NoteForm(Form):
    text = Text(_l("Note for the other moderators"), [required(), Most(1000)])


class CloseForm(Form):
    outcome = RadioField(
        _l("What came of it?"),
        choices=[
            SelectChoice(NOTHING, _l("Nothing is wrong with it: it stands")),
            SelectChoice(ACTED, _l("Something was done about it")),
        ],
        validators=[InputRequired(_l("Please choose one."))],
    )

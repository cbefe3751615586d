import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from forum.core.forms import Form, Line, Most, Text, required
from forum.core.text import one_line
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.actions.kinds import HOURS, KINDS, Kind
from forum.moderation.names import ADD, REASONS, REVERSED, REWORD, STAND_BY, TAKE_BACK, UNLAWFUL, UPHELD
from forum.moderation.phrases import PHRASES
from forum.threads.forms import EditForm, FewMentions, ReasonForm, ReplyLength

LONGEST_ADDRESSED = 200  # characters of a name as an address spells it
SPACES = re.compile(r"[\s>*_`#~\[\]()-]+")


def _choice(named: tuple[str, Any]) -> SelectChoice:
    return SelectChoice(*named)


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

    quietly = BooleanField(_l("Only moderators: do not ask whoever wrote it to mend it."))

    field_order = ("reason", "words", "line", "quietly", "ground", "name", "email", "good_faith")

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
        return Complaint(
            self.reason.data, self.words.data or "", self.line.data or "", quietly=self.quietly.data, **told
        )


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


class NeededFor:
    """Ask for a field that one of the answers wants, and for nothing of it otherwise."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def __call__(self, form: Form, field: Any) -> None:
        if form.answer.data != self.answer:
            raise StopValidation
        if not one_line(field.data or ""):
            raise ValidationError(_("Please fill this in."))


class MendForm(EditForm):
    """What an author answers who is asked to mend a reply; each answer wants a field of its own."""

    answer = RadioField(
        _l("What would you like to do?"),
        choices=[
            SelectChoice(REWORD, _l("Say it in other words")),
            SelectChoice(ADD, _l("Add a line below")),
            SelectChoice(TAKE_BACK, _l("Take it back")),
            SelectChoice(STAND_BY, _l("Stand by it")),
        ],
        validators=[InputRequired(_l("Please choose one."))],
    )
    body = Text(_l("Your reply"), [NeededFor(REWORD), ReplyLength(), FewMentions()])
    line = Text(
        _l("The line"),
        [NeededFor(ADD), Most(280), FewMentions()],
        description=_l("An apology, or what you would say now. It stands below your words."),
    )
    reason = Text(
        _l("Why you stand by it"),
        [NeededFor(STAND_BY), Most(1000)],
        description=_l("Only moderators read it. Two of them decide, and if they do not agree, it stands."),
    )

    field_order = ("answer", "kind", "body", "line", "reason")

    def begin(self, kind: str, source: str) -> None:
        """Let the form begin with what stands."""
        if not self.is_submitted():
            self.kind.data, self.body.data = kind, source
        elif self.kind.data is None:
            self.kind.data, self.kind.raw_data = kind, [kind]


class NoteForm(Form):
    text = Text(_l("Note for the other moderators"), [required(), Most(1000)])


class DecideForm(Form):
    """What a moderator decides; which kinds there are is set by `offer`."""

    kind = RadioField(_l("What do you decide?"), validators=[InputRequired(_l("Please choose one."))])
    rule = SelectField(
        _l("By which rule"),
        default="",
        description=_l("Everyone reads the rule; what you write below, only the author and moderators."),
    )
    phrase = SelectField(
        _l("Begin with a sentence"),
        default="",
        choices=[SelectChoice("", _l("in your own words")), *map(_choice, PHRASES.items())],
    )
    facts = Text(
        _l("What happened"),
        [Most(2000)],
        description=_l(
            "To its author: which words, and why the rule speaks against them. Without the names of others."
        ),
    )
    note = Text(_l("Note beside the reply"), [Most(500)], description=_l("Only for a note. Everyone reads it."))
    hours = SelectField(
        _l("For how long"),
        choices=list(map(_choice, HOURS.items())),
        default="24",
        description=_l("Only for a pause. It ends by itself."),
    )
    known = HiddenField()

    field_order = ("kind", "rule", "phrase", "facts", "note", "hours")

    def offer(self, kinds: Iterable[Kind], rules: Iterable[tuple[str, str]]) -> None:
        self.kind.choices = [SelectChoice(kind.key, kind.label) for kind in kinds]
        self.rule.choices = [SelectChoice("", _("Please choose")), *map(_choice, rules)]

    @property
    def chosen(self) -> Kind | None:
        return KINDS.get(self.kind.data or "")

    def validate_rule(self, field: Any) -> None:
        if self.chosen and self.chosen.restricts and len(field.choices) > 1 and not field.data:
            raise ValidationError(_("Please choose the rule that this goes by."))

    def validate_facts(self, field: Any) -> None:
        if self.chosen and self.chosen.restricts and not one_line(field.data or "") and not self.phrase.data:
            raise ValidationError(_("Please say what happened, or begin with a sentence from the list."))

    def validate_note(self, field: Any) -> None:
        if self.chosen and self.chosen.noted and not one_line(field.data or ""):
            raise ValidationError(_("Please write the note."))

    def ruling(self) -> Ruling:
        sentence = str(PHRASES[self.phrase.data]) if self.phrase.data else ""
        facts = "\n\n".join(filter(None, (sentence, (self.facts.data or "").strip())))
        return Ruling(self.kind.data, self.rule.data or "", facts, (self.note.data or "").strip(), int(self.hours.data))


class HideForm(ReasonForm):
    """The quick way to hide or fold something: a reason for everyone, and the rule that it goes by."""

    rule = SelectField(_l("By which rule"), default="")

    def offer(self, rules: Sequence[tuple[str, str]]) -> None:
        """Let there be nothing to choose in a place without rules."""
        if rules:
            self.rule.choices = [SelectChoice("", _("Please choose")), *map(_choice, rules)]
        else:
            del self.rule

    def validate_rule(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Please choose the rule that this goes by."))

    def ruling(self, kind: str) -> Ruling:
        rule = self.rule.data if "rule" in self else ""
        return Ruling(kind, rule, self.reason.data, said=self.reason.data)


class AppealForm(Form):
    text = Text(
        _l("Why you do not agree"),
        [required(), Most(2000)],
        description=_l("One honest paragraph is enough: what you see in another way. Only moderators read it."),
    )


class JudgeForm(Form):
    outcome = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(UPHELD, _l("The decision stands")),
            SelectChoice(REVERSED, _l("The decision is taken back: all will be as it was")),
        ],
        validators=[InputRequired(_l("Please choose one."))],
    )
    reasons = Text(
        _l("Why"),
        [required(), Most(2000)],
        description=_l("To whoever appealed. Take up what they say, and leave names out."),
    )

    field_order = ("outcome", "reasons")


class UndoForm(Form):
    reason = Line(
        _l("Reason"),
        [required(), Most(300)],
        description=_l("Its author reads this, and so does everyone in the log."),
    )

import itertools
from typing import Any, Self

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from forum.accounts import passwords
from forum.accounts.models import Member
from forum.core.config import LOCALES
from forum.core.forms import Form, Line, Most, Text, required
from forum.core.text import name_fault


class LoginForm(Form):
    login = Line(
        _l("Name or e-mail"),
        [required(), Most(200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(_l("Password"), [required()], render_kw={"autocomplete": "current-password"})
    remember = BooleanField(_l("Keep me logged in on this device for 60 days"))
    next = HiddenField()
    kept = HiddenField()


class NewPassword(Form):
    """A form with a new password in it; what it may not be is said in passwords.py."""

    owner: Member | None = None  # whose password it will be, where they have an account already

    password = PasswordField(
        _l("Password"),
        [required()],
        description=_l("At least 8 characters. A few words in a row are easy to keep in mind and hard to guess."),
        render_kw={"autocomplete": "new-password"},
    )

    def known_as(self) -> tuple[str, str]:
        """Return (name, e-mail) of whose password it will be."""
        return (self.owner.name, self.owner.email) if self.owner else ("", "")

    def validate_password(self, field: PasswordField) -> None:
        if sentence := passwords.fault(field.data or "", *self.known_as()):
            raise ValidationError(_(sentence))


class RegisterForm(NewPassword):
    name = Line(
        _l("Name"),
        [required(), Most(30)],
        description=_l("How others will know you here. It need not be the name on your papers; it stays."),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    email = Line(
        _l("E-mail"),
        [required(), Most(200)],
        description=_l("Shown to nobody. You can also log in with it."),
        render_kw={"autocomplete": "email", "type": "email"},
    )

    # People do not see it (static/css/accounts.css), and programs fill in whatever there is.
    website = Line(_l("Leave this empty"), render_kw={"autocomplete": "off"})
    stamp = HiddenField(render_kw={"autocomplete": "off"})
    proof = HiddenField(render_kw={"autocomplete": "off"})

    field_order = ("name", "email", "password")

    def known_as(self) -> tuple[str, str]:
        return self.name.data or "", self.email.data or ""

    def validate_name(self, field: Line) -> None:
        if sentence := name_fault(field.data or ""):
            raise ValidationError(_(sentence))

    def validate_website(self, field: Line) -> None:
        if field.data:
            field.data = ""
            raise ValidationError(
                _("This field is a trap for programs. It is empty again now; please send the form once more.")
            )

    def validate_email(self, field: Line) -> None:
        try:
            field.data = validate_email(field.data or "", check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("This does not look like an e-mail address.")) from None


CODE_FIELD = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(Form):
    code = Line(
        _l("Code"),
        [required(), Most(40)],
        description=_l("The six digits that your app shows now, or one of your recovery codes."),
        render_kw=CODE_FIELD,
    )
    next = HiddenField()
    kept = HiddenField()


class FirstCodeForm(Form):
    code = Line(
        _l("Code"),
        [required(), Most(40)],
        description=_l("The six digits that your app shows now."),
        render_kw={**CODE_FIELD, "inputmode": "numeric"},
    )


class AgainForm(Form):
    """Asks someone to show that it is still them; those without a second factor are not asked for a code."""

    current = PasswordField(
        _l("Current password"),
        [required()],
        description=_l("Asked again, in case somebody else sits at your open page."),
        render_kw={"autocomplete": "current-password"},
    )
    current_code = Line(
        _l("Code"),
        [required(), Most(40)],
        description=_l("The six digits that your app shows now, or one of your recovery codes."),
        render_kw=CODE_FIELD,
    )

    @classmethod
    def of(cls, member: Member, **more: Any) -> Self:
        form = cls(**more)
        if not member.has_factor:
            del form.current_code
        return form

    @property
    def told_code(self) -> str:
        return (self.current_code.data or "") if "current_code" in self else ""


class PasswordForm(AgainForm, NewPassword):
    field_order = ("current", "current_code", "password")


class ProfileForm(Form):
    about = Text(_l("A line about you"), [Most(300)], description=_l("Shown on your page, in your own words."))
    locale = SelectField(
        _l("Language of the pages"),
        choices=[
            SelectChoice("", _l("As my browser says")),
            *itertools.starmap(SelectChoice, LOCALES.items()),
        ],
    )
    follows_own = BooleanField(_l("Follow each thread that I write in"))


class RoleForm(Form):
    role = SelectField(
        _l("Role"),
        choices=[
            SelectChoice("member", _l("member")),
            SelectChoice("moderator", _l("moderator")),
            SelectChoice("admin", _l("admin")),
        ],
    )


class RefuseAccountForm(Form):
    reason = Line(
        _l("Reason"),
        [required(), Most(300)],
        description=_l("Whoever made the account reads this, and the log shows it without their name."),
    )

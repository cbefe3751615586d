"""What a page says of each of fifty replies, translated once a language instead of fifty times a page."""

from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _

from forum.core import i18n


@dataclass(frozen=True, slots=True)
class Wording:
    kinds: dict[str, str]
    roles: dict[str, str]
    answer: str
    edit: str
    withdraw: str
    hide: str
    restore: str
    edited: str
    answering: str
    passage: str
    staff: str
    withdrawn: str
    hidden: str
    hidden_own: str
    link: str
    own_words: str


@lru_cache(maxsize=8)
def _wording(_locale: str) -> Wording:
    return Wording(
        kinds={
            "lived": _("lived this"),
            "thinking": _("thinks"),
            "asking": _("asks"),
            "differing": _("sees it differently"),
        },
        roles=role_names(),
        answer=_("Answer"),
        edit=_("Edit"),
        withdraw=_("Withdraw"),
        hide=_("Hide"),
        restore=_("Restore"),
        edited=_("edited"),
        answering=_("answering"),
        passage=_("passage"),
        staff=_("written while the thread was locked, by someone who keeps it"),
        withdrawn=_("This reply was withdrawn by its author."),
        hidden=_("This reply is hidden by a moderator:"),
        hidden_own=_("Your reply is hidden by a moderator; only you and moderators see its words. The reason:"),
        link=_("Link to this reply"),
        own_words=_("Read your words"),
    )


def role_names() -> dict[str, str]:
    """Return what each role is called in the reader's language."""
    return {
        "visitor": _("visitor"),
        "member": _("member"),
        "facilitator": _("facilitator"),
        "moderator": _("moderator"),
        "admin": _("admin"),
        "host": _("host"),
    }


def wording() -> Wording:
    return _wording(i18n.locale())

"""May I, in keeping the place. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.moderation.models import Flag
from forum.moderation.targets import Desk, Target


@rule(staff=True)
def read_full_log(who: Any, _subject: None = None) -> str | None:
    if not who.moderates:
        return _("Only moderators read the log with the names of members.")
    return None


@rule(Target)
def flag(who: Any, target: Target) -> str | None:
    """Anyone else's words, once while a case is open. How often in a day is a matter of limits."""
    if not who:
        return _("Log in to flag this. What is against the law can be reported without an account.")
    if target.author_id == who.id:
        return _("These are your own words. You can change them yourself.")
    if target.flagged:
        return _("You have flagged this already, and a moderator will look at it.")
    return report(who, target)


@rule(Target)
def report(_who: Any, target: Target) -> str | None:
    """What is against the law, anyone can report, without an account too."""
    if not target.readable:
        return _("Its words can no longer be read here, so there is nothing to flag.")
    return None


@rule(Flag)
def answer_flagged(_who: Any, own: Flag | None) -> str | None:
    """`own` is their flag on what they are about to answer, in a case that is open."""
    if own:
        return _("You have flagged this. Until a moderator has looked at it, you cannot answer it.")
    return None


@rule(staff=True)
def see_cases(who: Any, _subject: None = None) -> str | None:
    if not who.moderates:
        return _("Only moderators look after what was flagged.")
    return None


@rule(Desk, staff=True)
def see_case(who: Any, desk: Desk) -> str | None:
    if refused := see_cases(who, None):
        return refused
    if desk.own:
        return _("This case is about you. Another moderator looks after it.")
    return None


@rule(Desk, staff=True)
def work_on_case(who: Any, desk: Desk) -> str | None:
    """Whoever has a part in a case stays out of it, unless there is nobody else who could look."""
    if refused := see_case(who, desk):
        return refused
    if desk.closed:
        return _("This case is closed.")
    if desk.flagged and not desk.alone:
        return _("You have flagged this yourself. Another moderator looks after it.")
    if desk.answered and not desk.alone:
        return _("You have written here yourself. Another moderator looks after it.")
    if desk.taken_by:
        return _("%(name)s is looking after this case.", name=desk.taken_by)
    return None


@rule(Desk, staff=True)
def release_case(who: Any, desk: Desk) -> str | None:
    if not who.moderates or not desk.mine:
        return _("You are not looking after this case.")
    return None

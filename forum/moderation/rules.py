"""May I, in keeping the place. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.core.rules import rule
from forum.moderation.models import Flag
from forum.moderation.targets import Appealing, Desk, Judging, Mending, Target, Undoing
from forum.threads.models import FOLDED, REMOVED, STANDING, WITHDRAWN, Reply


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
    if target.own or target.author_id == who.id:
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
        name = desk.decided_by
        decided = _("%(name)s has decided about this meanwhile, as you see here.", name=name)
        return decided if name else _("This case is closed.")
    if desk.flagged and not desk.alone:
        return _("You have flagged this yourself. Another moderator looks after it.")
    if desk.answered and not desk.alone:
        return _("You have written here yourself. Another moderator looks after it.")
    if desk.taken_by:
        return _("%(name)s is looking after this case.", name=desk.taken_by)
    return None


@rule(Desk)
def restrict_in_case(_who: Any, desk: Desk) -> str | None:
    """What its author stands by stays, unless two moderators think otherwise; one who moderates alone decides alone."""
    if desk.stood_by and not desk.against and not desk.alone:
        return _("Its author stands by it, so two moderators decide. Say first that it cannot stay as it is.")
    return None


@rule(Desk, staff=True)
def speak_against(who: Any, desk: Desk) -> str | None:
    if refused := work_on_case(who, desk):
        return refused
    if not desk.stood_by or desk.alone:
        return _("You can decide about this by yourself.")
    if desk.spoke:
        return _("You have said that it cannot stay as it is. Another moderator decides now.")
    if desk.against:
        return _("%(name)s says that it cannot stay as it is. You decide now.", name=desk.against)
    return None


@rule(Reply, staff=True)
def ask_to_mend(who: Any, of: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators ask for something to be mended.")
    if of.state not in {STANDING, FOLDED}:
        return _("This reply does not stand at present, so there is nothing to mend.")
    return None


@rule(Mending)
def answer_mend(_who: Any, of: Mending) -> str | None:
    """Locks, limits and pauses keep nobody from mending."""
    if not of.own:
        return _("Only its author can mend a reply.")
    if of.answered:
        return _("You have answered this already. Nothing more is asked of you.")
    if of.closed:
        return _("A moderator has looked at it meanwhile. Nothing more is asked of you.")
    if of.state == WITHDRAWN:
        return _("You withdrew this reply. Nothing more is asked of you.")
    if of.state not in {STANDING, FOLDED}:
        return _("This reply is hidden, and a moderator looks at it. Nothing more is asked of you.")
    return None


@rule(Appealing)
def appeal(_who: Any, of: Appealing) -> str | None:
    """Once, within six months: whom a decision binds, and whoever flagged something where nothing was found."""
    if not of.own:
        return _("Only whom a decision binds appeals against it, and whoever flagged something in vain.")
    if of.made:
        return _("You have appealed already. Another moderator looks at it.")
    if of.undone:
        return _("This decision was taken back. There is nothing to appeal against.")
    if of.late:
        return _("The six months to appeal in are over. The courts stay open to you.")
    return None


@rule(Judging, staff=True)
def judge_appeal(who: Any, of: Judging) -> str | None:
    """Another moderator than the first, unless there is nobody else."""
    if not who.moderates:
        return _("Only moderators decide about an appeal.")
    if of.own:
        return _("This appeal is about you. Another moderator decides about it.")
    if of.decided:
        return _("%(name)s has decided about this appeal meanwhile, as you see here.", name=of.decided_by)
    if of.first and not of.alone:
        return _("You made this decision yourself. Another moderator decides about the appeal.")
    if of.part and not of.alone:
        return _("You flagged this or wrote there yourself. Another moderator decides about the appeal.")
    return None


@rule(Undoing, staff=True)
def undo_decision(who: Any, of: Undoing) -> str | None:
    if not who.moderates:
        return _("Only moderators take a decision back.")
    if of.own:
        return _("This decision is about you. Another moderator can take it back.")
    if of.undone:
        return _("This decision was taken back already.")
    if of.later:
        return _("Another decision about the same came later. Take that back first.")
    return None


@rule(Desk, staff=True)
def release_case(who: Any, desk: Desk) -> str | None:
    if not who.moderates or not desk.mine:
        return _("You are not looking after this case.")
    return None


@rule(Reply, staff=True)
def remove_reply(who: Any, removed: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators remove a reply.")
    if removed.state == WITHDRAWN:
        return _("This reply was withdrawn by its author; there is nothing to remove.")
    if removed.state == REMOVED:
        return _("This reply is removed already.")
    return None


@rule(Reply, staff=True)
def put_back_reply(who: Any, removed: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators put a reply back.")
    if removed.state != REMOVED:
        return _("This reply is not removed.")
    return None


@rule(Reply, staff=True)
def note_reply(who: Any, noted: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators put a note beside a reply.")
    if noted.state not in {STANDING, FOLDED}:
        return _("Nobody can read this reply at present, so a note beside it would say nothing.")
    if noted.note:
        return _("A note of a moderator stands beside this reply already.")
    return None

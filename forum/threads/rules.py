"""May I, in threads and replies. `who` is a Member or a Visitor."""

from typing import Any

from flask_babel import gettext as _

from forum.accounts.rules import kept_silent
from forum.core import clock
from forum.core.rules import rule
from forum.themes.models import Theme
from forum.threads import erasing
from forum.threads.arrangement import out_of_time
from forum.threads.models import FOLDED, HIDDEN, MERGED, REMOVED, STANDING, WITHDRAWN, Reply, Revision, Thread
from forum.threads.reasons import FOR_NOW, UNTIL_SEEN
from forum.threads.wording import spelled

MOST_MENTIONED = 5


def keeps(who: Any, thread: Thread) -> bool:
    """Return whether this thread is theirs to keep: moderators and admins any, facilitators those of their themes."""
    return bool(who.moderates or (thread.theme_id and who.facilitates(thread.theme_id)))


@rule(Theme)
def open_thread(who: Any, theme: Theme) -> str | None:
    if not who:
        return _("Log in to open a thread.")
    return kept_silent(who)


@rule(Thread)
def reply(who: Any, thread: Thread) -> str | None:
    """In a locked thread only those who keep it may write; they are labelled."""
    if not who:
        return _("Log in to reply.")
    if thread.state == MERGED:
        return _("This thread was merged into another a moment ago.")
    if thread.state == HIDDEN:
        return _("This thread is hidden. Nobody can reply to it.")
    if thread.locked and not keeps(who, thread):
        return _("This thread is locked: %(reason)s", reason=spelled(thread.locked_reason))
    return kept_silent(who) or (None if keeps(who, thread) else out_of_time(thread))


@rule(Reply)
def answer(who: Any, answered: Reply) -> str | None:
    if answered.state == WITHDRAWN:
        return _("This reply was withdrawn by its author. It cannot be answered.")
    if answered.state == HIDDEN:
        return _("This reply is hidden. It cannot be answered.")
    if answered.state == FOLDED:
        return _("This reply is folded. As long as it is, it cannot be answered.")
    if answered.state == REMOVED:
        return _("This reply was removed. It cannot be answered.")
    return reply(who, answered.thread)


@rule(Reply)
def edit_reply(who: Any, own: Reply) -> str | None:
    """A lock does not stand in the way: a mistake can be mended whenever it is seen."""
    if who.id != own.author_id or not who:
        return _("Only its author can change a reply.")
    if own.state == WITHDRAWN:
        return _("You withdrew this reply. It cannot be changed.")
    if own.state == HIDDEN:
        return _("This reply is hidden. It cannot be changed.")
    if own.state == REMOVED:
        return _("This reply was removed by a moderator. It cannot be changed.")
    return None


@rule(Reply)
def withdraw_reply(who: Any, own: Reply) -> str | None:
    if who.id != own.author_id or not who:
        return _("Only its author can withdraw a reply.")
    if own.state == WITHDRAWN:
        return _("This reply is withdrawn already.")
    if own.state == REMOVED:
        return _("This reply was removed by a moderator. There is nothing to withdraw.")
    return None


@rule(frozenset)
def mention(_who: Any, mentioned: frozenset[int]) -> str | None:
    """Whoever wants to call a crowd opens a thread."""
    if len(mentioned) > MOST_MENTIONED:
        return _("A text mentions at most %(most)s people. Take the @ from some of the names.", most=MOST_MENTIONED)
    return None


@rule(Reply)
def return_reply(who: Any, own: Reply) -> str | None:
    """A lock does not stand in the way: nothing is said that was not there before."""
    if who.id != own.author_id or not who:
        return _("Only its author can bring a reply back.")
    if own.state != WITHDRAWN:
        return _("This reply is not withdrawn.")
    if not own.source or own.state_at is None or erasing.due(own.state_at, clock.now()):
        return _("The words of this reply are gone. It cannot be brought back any more.")
    return None


@rule(Thread)
def edit_thread(who: Any, own: Thread) -> str | None:
    if who.id != own.author_id or not who:
        return _("Only its author can change the opening text.")
    if own.state != STANDING:
        return _("This thread is hidden. Its opening text cannot be changed.")
    return None


@rule(Reply, staff=True)
def move_reply(who: Any, moved: Reply) -> str | None:
    if not keeps(who, moved.thread) and not who.facilitates(moved.theme_id):
        return _("Only moderators, and the facilitators of its theme, move a reply.")
    return None


@rule(Thread, staff=True)
def split_thread(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, split a thread.")
    return None


@rule(Thread, staff=True)
def merge_thread(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, merge a thread into another.")
    if thread.essay_id:
        return _("An essay's own thread cannot be merged into another.")
    if thread.state != STANDING:
        return _("This thread is hidden. It cannot be merged into another.")
    return None


@rule(Thread, staff=True)
def retitle_thread(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, give a thread another title.")
    if thread.essay_id:
        return _("An essay's own thread bears the essay's title.")
    return None


@rule(Thread, staff=True)
def lock(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, lock a thread.")
    if thread.locked:
        return _("This thread is locked already.")
    return None


@rule(Thread, staff=True)
def unlock(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, unlock a thread.")
    if not thread.locked:
        return _("This thread is not locked.")
    return None


@rule(Thread, staff=True)
def pin(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, pin a thread.")
    if thread.pinned and thread.pin_scope == "forum":
        return pin_everywhere(who, thread)
    return None


@rule(Thread, staff=True)
def pin_everywhere(who: Any, thread: Thread) -> str | None:
    if not who.moderates:
        return _("Only moderators pin a thread for the whole forum.")
    return None


@rule(Thread, staff=True)
def unpin(who: Any, thread: Thread) -> str | None:
    if not keeps(who, thread):
        return _("Only moderators, and the facilitators of its theme, unpin a thread.")
    if not thread.pinned:
        return _("This thread is not pinned.")
    if thread.pin_scope == "forum":
        return pin_everywhere(who, thread)
    return None


@rule(Thread, staff=True)
def hide_thread(who: Any, thread: Thread) -> str | None:
    if not who.moderates:
        return _("Only moderators hide a thread.")
    if thread.essay_id:
        return _("An essay's own thread cannot be hidden.")
    if thread.state == HIDDEN:
        return _("This thread is hidden already.")
    return None


def _own(who: Any, of: Thread | Reply) -> str | None:
    return _("These are your own words. Another moderator looks after them.") if of.author_id == who.id else None


@rule(Thread, staff=True)
def restore_thread(who: Any, thread: Thread) -> str | None:
    if not who.moderates:
        return _("Only moderators restore a thread.")
    if thread.state != HIDDEN:
        return _("This thread is not hidden.")
    return _own(who, thread)


@rule(Reply, staff=True)
def hide_reply(who: Any, hidden: Reply) -> str | None:
    """One that is hidden until a moderator has looked at it can be hidden for good."""
    if not who.moderates:
        return _("Only moderators hide a reply.")
    if hidden.state == WITHDRAWN:
        return _("This reply was withdrawn by its author; there is nothing to hide.")
    if hidden.state == HIDDEN and hidden.state_reason != UNTIL_SEEN:
        return _("This reply is hidden already.")
    if hidden.state == REMOVED:
        return _("This reply is removed already.")
    return None


@rule(Reply, staff=True)
def restore_reply(who: Any, hidden: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators restore a reply.")
    if hidden.state != HIDDEN:
        return _("This reply is not hidden.")
    return _own(who, hidden)


@rule(Reply, staff=True)
def fold_reply(who: Any, folded: Reply) -> str | None:
    """One that is folded for now can be folded for good."""
    if not who.moderates:
        return _("Only moderators fold a reply.")
    if folded.state == WITHDRAWN:
        return _("This reply was withdrawn by its author; there is nothing to fold.")
    if folded.state == HIDDEN:
        return _("This reply is hidden. Restore it before you fold it.")
    if folded.state == REMOVED:
        return _("This reply is removed already.")
    if folded.state == FOLDED and folded.state_reason not in FOR_NOW:
        return _("This reply is folded already.")
    return None


@rule(Reply, staff=True)
def unfold_reply(who: Any, folded: Reply) -> str | None:
    if not who.moderates:
        return _("Only moderators unfold a reply.")
    if folded.state != FOLDED:
        return _("This reply is not folded.")
    return _own(who, folded)


@rule(Revision, staff=True)
def hide_revision(who: Any, revision: Revision) -> str | None:
    if not who.moderates:
        return _("Only moderators hide an earlier wording.")
    if revision.hidden_reason:
        return _("This wording is hidden already.")
    return None


@rule(Revision, staff=True)
def restore_revision(who: Any, revision: Revision) -> str | None:
    if not who.moderates:
        return _("Only moderators restore an earlier wording.")
    if not revision.hidden_reason:
        return _("This wording is not hidden.")
    return None

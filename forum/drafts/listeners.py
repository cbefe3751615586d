from forum.accounts.models import Member
from forum.drafts import actions
from forum.threads.models import Thread
from forum.threads.signals import merged, posted


@posted.connect
def clear(by: Member, *, draft: int, **_rest: object) -> None:
    """Let a draft go in the moment that it was sent, with what it became."""
    actions.clear(by, draft)


@merged.connect
def follow(into: Thread, *, source: Thread, **_rest: object) -> None:
    """Let what was begun in a merged thread go on where it stands now."""
    actions.follow(source.id, into.id)

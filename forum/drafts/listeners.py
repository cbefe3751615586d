from collections.abc import Collection

from forum.accounts.models import Member
from forum.drafts import actions
from forum.threads.models import Thread
from forum.threads.signals import erased, merged, posted


@posted.connect
def clear(by: Member, *, draft: int, **_rest: object) -> None:
    """Let a draft go in the moment that it was sent, with what it became."""
    actions.clear(by, draft)


@merged.connect
def follow(into: Thread, *, source: Thread, **_rest: object) -> None:
    """Let what was begun in a merged thread go on where it stands now."""
    actions.follow(source.id, into.id)


@erased.connect
def erase(_sender: None, *, replies: Collection[int]) -> None:
    """Let words that were erased be gone from drafts too."""
    actions.erase(replies)

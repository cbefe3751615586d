from collections.abc import Sequence
from typing import Any

from forum.core.shared import Details, filler
from forum.threads.models import HIDDEN, STANDING
from forum.threads.wording import wording


@filler("opening")
def opening(member: Any, details: Details) -> Sequence[str]:
    """Return what its author can do with a thread; its details are its id, its author's id and its state."""
    me = str(member.id)
    return [
        f'<p class="acts"><a href="/threads/{thread_id}/edit">{wording().edit}</a></p>'
        if author_id == me and state == STANDING
        else ""
        for thread_id, author_id, state in details
    ]


@filler("own")
def own(member: Any, details: Details) -> Sequence[str]:
    """Return what its author can do with a reply; its details are its id, its author's id and its state."""
    me = str(member.id)
    return [_own(reply_id, state) if author_id == me else "" for reply_id, author_id, state in details]


def _own(reply_id: str, state: str) -> str:
    w, links = wording(), []
    if state == STANDING:
        links.append(f'<a href="/replies/{reply_id}/edit">{w.edit}</a>')
    if state == HIDDEN:
        links.append(f'<a href="/replies/{reply_id}/answers">{w.own_words}</a>')
    if state in {STANDING, HIDDEN}:
        links.append(f'<a href="/replies/{reply_id}/withdraw">{w.withdraw}</a>')
    return " ".join(links)

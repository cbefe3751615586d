from typing import Any

from forum.core.shared import filler
from forum.threads.models import HIDDEN, STANDING
from forum.threads.wording import wording


@filler("opening")
def opening(member: Any, detail: str) -> str:
    """Return what its author can do with a thread; `detail` is its id, its author's id and its state."""
    thread_id, author_id, state = detail.split(".")
    if str(member.id) != author_id or state != STANDING:
        return ""
    return f'<p class="acts"><a href="/threads/{thread_id}/edit">{wording().edit}</a></p>'


@filler("own")
def own(member: Any, detail: str) -> str:
    """Return what its author can do with a reply; `detail` is its id, its author's id and its state."""
    reply_id, author_id, state = detail.split(".")
    if author_id != str(member.id):
        return ""
    w, links = wording(), []
    if state == STANDING:
        links.append(f'<a href="/replies/{reply_id}/edit">{w.edit}</a>')
    if state == HIDDEN:
        links.append(f'<a href="/replies/{reply_id}/answers">{w.own_words}</a>')
    if state in {STANDING, HIDDEN}:
        links.append(f'<a href="/replies/{reply_id}/withdraw">{w.withdraw}</a>')
    return " ".join(links)

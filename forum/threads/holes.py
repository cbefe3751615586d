from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forum.accounts.models import NOBODY
from forum.core import clock
from forum.core.shared import Details, filler
from forum.threads import erasing, lengths, pauses
from forum.threads.models import FOLDED, HIDDEN, REMOVED, STANDING, WITHDRAWN
from forum.threads.wording import Wording, wording


@filler("opening")
def opening(member: Any, details: Details) -> Sequence[str]:
    """Return what its author can do with a thread; its details are its id, its author's id and its state."""
    me = str(member.id)
    w = wording()
    return [
        ""
        if state != STANDING
        else f'<p class="acts"><a href="/threads/{thread_id}/edit">{w.edit}</a></p>'
        if author_id == me
        else f'<p class="acts"><a class="soft" href="/moderation/threads/{thread_id}/flag">{w.flag}</a></p>'
        for thread_id, author_id, state in details
    ]


@filler("pause")
def pause(member: Any, details: Details) -> Sequence[str]:
    """Return how slow a thread is, and when the reader can go on; its details are its id and the minutes of its pause."""
    return [
        _pause(pauses.pause_after(pauses.latest(int(id_), member.id), int(slow)), int(slow)) for id_, slow in details
    ]


def _pause(left: pauses.Paused | None, minutes: int) -> str:
    if left is None:
        return f'<p class="state pause">{lengths.slowness(minutes)}</p>'
    return str(left.shown)


def others(details: Details) -> Sequence[str]:
    """Return what anyone but its author can do about a reply and whoever wrote it."""
    w = wording()
    return [_others(reply_id, author_id, state, w) for reply_id, author_id, state, _since in details]


def _others(reply_id: str, author_id: str, state: str, w: Wording) -> str:
    if state == WITHDRAWN:
        return ""
    left = author_id == str(NOBODY)
    muting = "" if left else f'<a class="soft" href="/replies/{reply_id}/mute">{w.mute}</a>'
    if state == HIDDEN:
        return muting
    return f'{muting} <a class="soft" href="/moderation/replies/{reply_id}/flag">{w.flag}</a>'


@filler("own", most_find=others)
def own(member: Any, details: Details) -> Sequence[str | None]:
    """Return what its author can do with a reply; its details are its id, theirs, its state and since when it has that."""
    me, w = str(member.id), wording()
    return [
        _own(reply_id, state, since, w) if author_id == me else None for reply_id, author_id, state, since in details
    ]


def _own(reply_id: str, state: str, since: str, w: Wording) -> str:
    links = []
    if state in {STANDING, FOLDED}:
        links.append(f'<a href="/replies/{reply_id}/edit">{w.edit}</a>')
    if state == HIDDEN:
        links.append(f'<a href="/replies/{reply_id}/answers">{w.own_words}</a>')
    if state in {FOLDED, HIDDEN, REMOVED}:
        links.append(f'<a href="/moderation/replies/{reply_id}/decision">{w.why}</a>')
    if state in {STANDING, FOLDED, HIDDEN}:
        links.append(f'<a href="/replies/{reply_id}/withdraw">{w.withdraw}</a>')
    if state == WITHDRAWN and not erasing.due(datetime.fromisoformat(since), clock.now()):
        links.append(f'<a href="/replies/{reply_id}/return">{w.bring_back}</a>')
    return " ".join(links)

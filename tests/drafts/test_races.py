"""Keeping the same draft at once, with real threads and connections of their own: one of them is the newest, the others are told."""

from forum.accounts.models import Member
from forum.core.db import session
from forum.drafts import actions
from forum.drafts.actions import Stale
from forum.drafts.targets import in_thread
from forum.threads.actions import replying
from forum.threads.models import Thread
from tests import make
from tests.drafts.begun import begin, bodies, drafts
from tests.together import at_once

WINDOWS = 8


def keeper(member_id: int, thread_id: int, body: str, known: int):
    def keep() -> int:
        by = session().get_one(Member, member_id)
        draft = actions.keep(in_thread(thread_id), {"body": body}, known=known, by=by)
        return draft.sequence if draft else 0

    return keep


def test_of_windows_that_keep_at_once_one_is_kept_and_the_others_are_told(app, cast, thread):
    known = begin(cast.ada, in_thread(thread.id)).sequence
    for start in (known, 0):
        acts = [keeper(cast.ada.id, thread.id, f"window {number}", start) for number in range(WINDOWS)]
        done = at_once(app, *acts)
        kept = [number for number, answer in enumerate(done) if not isinstance(answer, Exception)]
        assert len(kept) == 1
        assert sum(isinstance(answer, Stale) for answer in done) == WINDOWS - 1
        assert bodies() == [f"window {kept[0]}"]
        assert session().get_one(Member, cast.ada.id).draft_count == 1
        actions.throw_away(drafts()[0], known=done[kept[0]], by=session().get_one(Member, cast.ada.id))


def test_drafts_of_one_member_kept_at_once_have_numbers_of_their_own(app, cast):
    ids = [make.thread(cast.ada).id for _ in range(WINDOWS)]
    done = at_once(app, *(keeper(cast.bruno.id, thread_id, "At once.", 0) for thread_id in ids))
    assert sorted(done) == list(range(1, WINDOWS + 1))
    assert session().get_one(Member, cast.bruno.id).draft_count == WINDOWS


def test_what_is_sent_while_it_is_kept_is_sent_or_newer_and_never_both(app, cast, thread):
    """Kept first, the draft is newer than what was sent, and stays; sent first, its window is told."""
    ada_id, thread_id = cast.ada.id, thread.id
    known = begin(cast.ada, in_thread(thread_id), "Before.").sequence

    def send() -> int:
        by, within = session().get_one(Member, ada_id), session().get_one(Thread, thread_id)
        return replying.reply(within, make.words("Sent."), by=by, form_key="one", draft=known).id

    _sent, kept = at_once(app, send, keeper(ada_id, thread_id, "Newer.", known))
    assert bodies() == ([] if isinstance(kept, Stale) else ["Newer."])
    assert session().get_one(Member, ada_id).draft_count == len(drafts())

from collections.abc import Collection

from flask import current_app

from forum.accounts.models import Member
from forum.core.db import session
from forum.threads.models import Reply, Thread
from forum.threads.signals import edited, erased, merged, opened, replied
from forum.waiting import actions, queries


@replied.connect
def count_first_day(reply: Reply, **_rest: object) -> None:
    """Count what newcomers write on their first day; what waited was counted when it was sent."""
    by = session().get_one(Member, reply.author_id)
    if _counts(by) and queries.of_form(by.id, reply.form_key) is None:
        actions.slow_down("reply", by)


def _counts(by: Member) -> bool:
    return current_app.config["NEWCOMERS"] != "open" and not by.moderates


@opened.connect
def hold_back(thread: Thread, **_rest: object) -> None:
    """A thread cannot wait: whoever has not been read yet replies first."""
    if thread.author is None:
        return
    actions.hold_back(thread.author)
    actions.keep_links_out(thread.author, thread.html, "open_thread")
    if _counts(thread.author):
        actions.slow_down("thread", thread.author)


@edited.connect
def keep_links_out(reply: Reply, **_rest: object) -> None:
    actions.keep_links_out(reply.author, reply.html, "edit_reply")


@merged.connect
def follow(into: Thread, *, source: Thread, **_rest: object) -> None:
    actions.follow(source.id, into.id)


@erased.connect
def erase(_sender: None, *, replies: Collection[int]) -> None:
    """Let words that were erased be gone from what waits, too."""
    actions.erase(replies)

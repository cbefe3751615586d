"""How much a member wants to be told of a thread or a theme."""

from forum.accounts.models import Member
from forum.core.db import session, transaction
from forum.core.rules import require
from forum.notices import queries
from forum.notices.actions import reading
from forum.notices.models import FOLLOW, MUTE, THREAD


def choose(scope: str, scope_id: int, level: str, *, by: Member) -> None:
    with transaction(public=False):
        require("follow", by)
        queries.tied(by.id, scope, scope_id).level = level
        if level == MUTE:
            reading.hush(scope, scope_id, by.id)


def follow_own(thread_id: int, member_id: int) -> None:
    """Let someone follow a thread that they write in, unless they chose otherwise; inside a transaction."""
    member = session().get_one(Member, member_id)
    tie = queries.tied(member_id, THREAD, thread_id)
    if member.follows_own and not tie.level:
        tie.level = FOLLOW

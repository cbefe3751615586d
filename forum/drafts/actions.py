"""Keeping drafts, throwing them away, and letting them follow what became of their threads.

Each draft that is kept takes the next number of its member, and a form names the number that it knows: a window that was left
open overwrites nothing newer, brings back nothing that was sent, and sends nothing newer away. No reader sees a draft, so none
of this raises the pulse.
"""

from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, String, cast, delete, func, select, update

from forum.accounts.models import Member
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.holdings import Leaver
from forum.core.rules import Refused, require
from forum.drafts import queries
from forum.drafts.models import LONGEST, Draft
from forum.drafts.targets import ANSWER, EDIT, NEW, OPENING, THREAD, Target
from forum.threads.citations import without
from forum.threads.unnaming import holds_names, unnamed

WORDS = ("body", "title")  # without any in these there is nothing to keep
PLACES = {THREAD: "thread_id", OPENING: "thread_id", ANSWER: "reply_id", EDIT: "reply_id", NEW: "theme_id"}


class Stale(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A draft that was changed, sent or thrown away since the form last knew of it; `newer` is what is kept, if anything is."""

    def __init__(self, newer: Draft | None) -> None:
        super().__init__()
        self.newer = newer


def keep(target: Target, fields: dict[str, str], *, known: int, by: Member) -> Draft | None:
    """Keep what stands in a form, None where no word does: then nothing is kept any more.

    `known` is the sequence number of the draft that the form goes on with, 0 for none. Raises Stale, Refused or TooOften.
    """
    if sum(map(len, fields.values())) > LONGEST:
        raise Refused("keep_draft", _("A draft can hold at most %(most)s characters.", most=LONGEST))
    with transaction(public=False):
        target = queries.followed(target)
        draft = queries.at(target, by)
        if known != (draft.sequence if draft else 0):
            raise Stale(draft)
        limits.check("draft", str(by.id))
        limits.count("draft", str(by.id))
        if not any(fields.get(name, "").strip() for name in WORDS):
            if draft:
                _forget(by, known)
            return None
        if draft:
            require("keep_draft", by, draft)
        else:
            require("begin_draft", by, by.draft_count)
            draft = Draft(member_id=by.id, target=str(target), **{PLACES[target.kind]: target.id or None})
            session().add(draft)
        by.draft_sequence += 1
        draft.fields, draft.sequence, draft.changed_at = fields, by.draft_sequence, clock.now()
        _count(by)
        return draft


def throw_away(draft: Draft, *, known: int, by: Member) -> None:
    """Raises Stale when it was written on since whoever throws it away saw it."""
    with transaction(public=False):
        require("throw_away_draft", by, draft)
        if draft.sequence != known:
            raise Stale(draft)
        _forget(by, known)


def clear(by: Member, sequence: int) -> None:
    """Let go of the draft that was sent; inside a transaction. One that was kept after it stays."""
    if sequence:
        _forget(by, sequence)


def _forget(by: Member, sequence: int) -> None:
    session().execute(delete(Draft).where(Draft.member_id == by.id, Draft.sequence == sequence))
    _count(by)


def _count(by: Member) -> None:
    session().flush()
    kept = select(func.count()).select_from(Draft).where(Draft.member_id == by.id)
    by.draft_count = session().execute(kept).scalar_one()


def follow(source_id: int, into_id: int) -> None:
    """Let replies that were begun to a merged thread go on in the other one; inside a transaction.

    Whoever has begun one there too finds both in their list.
    """
    before, after = str(Target(THREAD, source_id)), str(Target(THREAD, into_id))
    begun_there = select(Draft.member_id).where(Draft.target == after)
    alone = update(Draft).where(Draft.target == before, Draft.member_id.not_in(begun_there))
    session().execute(alone.values(target=after, thread_id=into_id), execution_options={"synchronize_session": False})


def erase(reply_ids: Collection[int]) -> None:
    """Let go of changes that were begun to these replies, and of their words in drafts that cite them; inside a transaction."""
    _let_go(Draft.target.in_([str(Target(EDIT, reply_id)) for reply_id in reply_ids]))
    for draft in session().scalars(select(Draft).where(cast(Draft.fields, String).contains("/replies/"))):
        draft.fields = {
            name: without(text, reply_ids) if name == "body" else text for name, text in draft.fields.items()
        }


def expire(before: datetime) -> int:
    """Let go of drafts that nobody has gone on with since; return how many they were."""
    old = Draft.changed_at < before
    if session().scalar(select(Draft.id).where(old).limit(1)) is None:
        return 0
    with transaction(public=False):
        return _let_go(old)


def _let_go(which: ColumnElement[bool]) -> int:
    members = session().scalars(select(Draft.member_id).where(which)).all()
    session().execute(delete(Draft).where(which))
    for member in session().scalars(select(Member).where(Member.id.in_(members))):
        _count(member)
    return len(members)


def unname(leaver: Leaver) -> bool:
    """Take the name of someone who left out of what others have begun to write; inside a transaction."""
    for draft in session().scalars(select(Draft).where(holds_names(cast(Draft.fields, String)))):
        fields = {name: unnamed(value, leaver.name_key) for name, value in draft.fields.items()}
        if fields != draft.fields:
            draft.fields = fields
    return False

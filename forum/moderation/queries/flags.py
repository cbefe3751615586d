"""What can be flagged, by whom, and what became of it: receipts."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Member
from forum.commitments import queries as commitments
from forum.commitments.models import FieldNote
from forum.core.db import session
from forum.core.pages import Page, Place, page, window
from forum.moderation.models import Case, Decision, Flag, Mend
from forum.moderation.targets import FIELD_NOTE, PROFILE, REPLY, THREAD, Target
from forum.threads import queries as threads
from forum.threads import visibility
from forum.threads.models import FOLDED, STANDING, Reply, Thread

SIZE = 30
Subject = Reply | Thread | Member | FieldNote
COLUMNS = {REPLY: Case.reply_id, THREAD: Case.thread_id, PROFILE: Case.member_id, FIELD_NOTE: Case.field_note_id}
_TEXTS = {REPLY: "reply", THREAD: "thread", PROFILE: "member", FIELD_NOTE: "field_note"}
_KINDS = {Reply: REPLY, Thread: THREAD, Member: PROFILE, FieldNote: FIELD_NOTE}


def subject(kind: str, id_: int, who: Any) -> Subject | None:
    """Return what this reader may see of this kind."""
    if kind == REPLY:
        return threads.reply(id_, who)
    if kind == THREAD:
        found = threads.thread(id_, who)
        return found[0] if found else None
    if kind == FIELD_NOTE:
        return commitments.note(id_, who)
    return session().get(Member, id_)


def target(of: Subject, who: Any) -> Target:
    """Return a subject as something that `who` may want to flag."""
    kind = _KINDS[type(of)]
    author = of.id if isinstance(of, Member) else of.author_id
    readable = isinstance(of, Member) or of.state in {STANDING, FOLDED}
    known = bool(who and own(COLUMNS[kind] == of.id, who))
    return Target(kind, of.id, author, readable, known, isinstance(of, FieldNote) and of.is_by(who.id or 0))


def wording_of(of: Subject) -> str:
    """Return the words that a flag is about, as they stand now."""
    if isinstance(of, Member):
        return "\n\n".join(filter(None, (of.name, of.about)))
    return "\n\n".join(filter(None, (of.title, of.source))) if isinstance(of, Thread) else of.source


def open_case(of: Target) -> Case | None:
    return session().scalar(select(Case).where(COLUMNS[of.kind] == of.id, Case.closed_at.is_(None)))


def unopened(of: Target, subject: Subject) -> Case:
    """Return a case about a text as it would be opened; it is not stored."""
    author = session().get(Member, of.author_id) if of.author_id is not None else None
    return Case(**{COLUMNS[of.kind].key: of.id, _TEXTS[of.kind]: subject}, author_id=of.author_id, author=author)


def own(which: ColumnElement[bool], who: Any) -> Flag | None:
    """Return the flag of a member in an open case."""
    mine = select(Flag).join(Flag.case).where(which, Case.closed_at.is_(None), Flag.member_id == who.id)
    return session().scalar(mine.limit(1))


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _receipts(who: Any) -> Select[*tuple[Any, ...]]:
    """Select what someone is told of a flag; threads that they cannot see are not named."""
    latest = select(func.max(Decision.id)).where(Decision.case_id == Case.id).correlate(Case).scalar_subquery()
    return (
        select(
            Flag.id,
            Flag.reason,
            Flag.words,
            Flag.line,
            Flag.at,
            Case.reply_id,
            Case.member_id,
            Case.field_note_id,
            Case.outcome,
            Case.closed_at,
            Mend.asked_at,
            Mend.answer,
            Decision.kind.label("decided"),
            Decision.undone_at,
            Member.name.label("author"),
            Thread.id.label("thread_id"),
            Thread.title.label("thread_title"),
        )
        .join(Flag.case)
        .outerjoin(Mend, Mend.case_id == Case.id)
        .outerjoin(Decision, Decision.id == latest)
        .outerjoin(Member, Member.id == Case.author_id)
        .outerjoin(Reply, Reply.id == Case.reply_id)
        .outerjoin(Thread, (Thread.id == func.coalesce(Case.thread_id, Reply.thread_id)) & visibility.threads(who))
    )


def receipts(who: Any, place: Place) -> Page[Row[*tuple[Any, ...]]]:
    """Return a page of what a member has flagged, the latest first."""
    mine = _receipts(who).where(Flag.member_id == who.id)
    found = session().execute(window(mine, Flag.id, place, SIZE, newest_first=True)).all()
    return page(found, SIZE, place, lambda row: row.id)


def receipt(token: str, who: Any) -> Row[*tuple[Any, ...]] | None:
    """Return what a visitor is told who holds the secret of a receipt."""
    return session().execute(_receipts(who).where(Flag.receipt == digest(token))).first()


def of_token(token: str) -> Flag | None:
    """Return a visitor's flag by the secret of its receipt."""
    return session().scalar(select(Flag).where(Flag.receipt == digest(token)))


def of_case(case_id: int) -> Sequence[Flag]:
    of = select(Flag).where(Flag.case_id == case_id).options(joinedload(Flag.member))
    return session().scalars(of.order_by(Flag.id)).all()

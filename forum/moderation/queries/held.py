"""What is kept of a member, as a download tells it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import or_, select

from forum.core import clock, site
from forum.core.db import session
from forum.core.holdings import rows
from forum.core.log import LogEntry
from forum.moderation.models import CLOSED, Appeal, Case, Decision, Flag, Mend, Note
from forum.threads.models import Reply, Thread
from forum.threads.wording import spelled


def log(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What a member did, and what was done to them, to their replies and to threads that they opened."""
    theirs = or_(
        LogEntry.actor_id == member_id,
        LogEntry.member_id == member_id,
        LogEntry.reply_id.in_(select(Reply.id).where(Reply.author_id == member_id)),
        LogEntry.thread_id.in_(select(Thread.id).where(Thread.author_id == member_id)),
    )
    for row in rows(select(LogEntry).where(theirs), LogEntry.id):
        entry = row[0]
        place = (
            f"/replies/{entry.reply_id}" if entry.reply_id else f"/threads/{entry.thread_id}" if entry.thread_id else ""
        )
        yield {
            "number": entry.id,
            "at": entry.at,
            "act": entry.act,
            "role": entry.actor_role,
            "reason": spelled(entry.reason),
            "detail": entry.detail,
            "until": entry.until,
            "place": site.absolute(place) if place else "",
        }


def _place(case: Case) -> str:
    path = f"/replies/{case.reply_id}" if case.reply_id else f"/threads/{case.thread_id}" if case.thread_id else ""
    path = f"/commitments/notes/{case.field_note_id}" if case.field_note_id else path
    return site.absolute(path or f"/moderation/cases/{case.id}")


def of_flags(member_id: int) -> Iterator[Mapping[str, Any]]:
    for row in rows(select(Flag, Case).join(Flag.case).where(Flag.member_id == member_id), Flag.id):
        one = row[0]
        told = {name: getattr(one, name) for name in ("reason", "words", "line", "ground", "name", "email", "at")}
        yield {**told, "place": _place(row[1]), "outcome": row[1].outcome}


def of_cases(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What a member is told of cases about them: those that are closed, and never who flagged."""
    for row in rows(select(Case).where(Case.author_id == member_id, Case.state == CLOSED), Case.id):
        case = row[0]
        wordings = session().scalars(select(Flag.wording).where(Flag.case_id == case.id, Flag.wording != "").distinct())
        yield {
            "opened": case.opened_at,
            "closed": case.closed_at,
            "outcome": case.outcome,
            "place": _place(case),
            "wordings": list(wordings),
        }


def of_mends(member_id: int) -> Iterator[Mapping[str, Any]]:
    asked = select(Mend, Case).join(Mend.case).where(Case.author_id == member_id, Mend.asked_at <= clock.now())
    for row in rows(asked, Mend.case_id):
        told = {name: getattr(row[0], name) for name in ("asked_at", "answer", "answered_at", "reason")}
        yield {**told, "place": _place(row[1])}


def of_notes(member_id: int) -> Iterator[Mapping[str, Any]]:
    for row in rows(select(Note).where(Note.by_id == member_id), Note.id):
        yield {"case": row[0].case_id, "text": row[0].text, "at": row[0].at}


def of_decisions(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What binds a member, and what they decided themselves; never who decided, or about whom."""
    theirs = or_(Decision.author_id == member_id, Decision.by_id == member_id)
    for row in rows(select(Decision).where(theirs), Decision.id):
        one = row[0]
        own = one.author_id == member_id
        told = {name: getattr(one, name) for name in ("kind", "note", "facts", "scope", "until", "at", "undone_at")}
        yield {
            **told,
            "by": "" if own else "self",
            "rule": site.absolute(f"/rules/versions/{one.rule_version}#{one.rule_key}") if one.rule_key else "",
            "undone_reason": spelled(one.undone_reason),
            "place": site.absolute(f"/moderation/decisions/{one.id}"),
        }


def of_appeals(member_id: int) -> Iterator[Mapping[str, Any]]:
    """What a member appealed against, and what they decided about appeals of others, without the words of these."""
    theirs = or_(Appeal.by_id == member_id, Appeal.decided_by_id == member_id)
    for row in rows(select(Appeal).where(theirs), Appeal.id):
        one = row[0]
        yield {
            "text": one.text if one.by_id == member_id else "",
            "at": one.at,
            "outcome": one.outcome,
            "reasons": one.reasons,
            "decided": one.decided_at,
            "place": site.absolute(f"/moderation/decisions/{one.decision_id}"),
        }

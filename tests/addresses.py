"""An address for every route, and what stands in the tables: for tests that hold for all of them."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.accounts.actions import admitting, tickets
from forum.accounts.models import PROOF, LoginSession, Member
from forum.commitments import queries as commitments
from forum.core.db import db, session, transaction
from forum.drafts import actions as drafts
from forum.drafts.targets import ANSWER, Target
from forum.moderation.actions import appealing, flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Flag
from forum.notices.models import Notice
from forum.rules import actions as rules
from forum.threads.actions import changing
from forum.waiting import actions as waiting
from forum.waiting.models import LINK
from tests import make
from tests.cast import Cast, person
from tests.commitments.noted import OPEN_DOOR, note

METHODS = ("GET", "POST")


def furnish(cast: Cast, guest: Member | None = None) -> dict[str, Any]:
    """Put something at every address, and return what stands for each part of one."""
    rules.begin()
    thread = make.thread(cast.ada)
    reply = make.reply(cast.ada, thread)
    make.answer(cast.bruno, reply)
    changing.edit(reply, kind="lived", source="I heard you.", by=cast.ada)
    begun = drafts.keep(Target(ANSWER, reply.id), {"body": "I begin."}, known=0, by=cast.ada)
    assert begun
    words = make.words("Read [this](https://example.org/).")
    waits = waiting.hold(thread, None, words, by=cast.ada, form_key="waits", draft=0, why=LINK).id
    token = tickets.reset_ticket(cast.bruno)
    flagging.flag(reply, Complaint("wounds", line="It hurts."), by=cast.bruno)
    case = session().scalars(select(Case)).one()
    other = make.reply(cast.ada, thread, "Another.")
    flagging.flag(other, Complaint("wounds"), by=cast.elena)
    noted = session().scalars(select(Case).where(Case.reply_id == other.id)).one()
    decision = make.decided(noted, "note", cast.dario, note="Please listen first.")
    if guest is None:
        with transaction():
            guest = person("gino")
            admitting.hold(guest, PROOF)
    told = note(cast.ada, OPEN_DOOR)
    make.unlimited()
    return {
        "member_id": guest.id,
        "reference": thread.id,
        "thread_id": thread.id,
        "reply_id": reply.id,
        "case_id": case.id,
        "decision_id": decision.id,
        "commitment_id": commitments.everything(cast.ada.id)[0].id,
        "note_id": told.id,
        "appeal_id": appealing.appeal(decision, "I was asking.", by=cast.ada).id,
        "flag_id": session().scalars(select(Flag.id).order_by(Flag.id)).first(),
        "draft_id": begun.id,
        "notice_id": session().scalars(select(Notice.id).where(Notice.member_id == cast.ada.id)).first(),
        "session_id": 1,
        "edition": 1,
        "number": 0,
        "waiting": waits,
        "token": token,
        "key": "mistrust",
        "code": "it",
        "locale": "en",
        "version": "0",
        "path": "icon.svg",
        "name": "ada",
    }


def addresses(app: Flask, method: str, parts: dict[str, Any]) -> list[str]:
    """Return the address of every route that takes `method`, filled in from `parts`."""
    urls = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()):
            continue
        values = {name: parts[name] for name in rule.arguments}
        if rule.endpoint == "pages.edit":
            values["name"] = "about"
        if rule.endpoint.startswith("waiting.") and "number" in values:
            values["number"] = parts["waiting"]
        if rule.endpoint == "rules.version":
            values["number"] = 1
        found.append(urls.build(rule.endpoint, values, method=method))
    return sorted(set(found))


def post_only(app: Flask, parts: dict[str, Any]) -> list[str]:
    return sorted(set(addresses(app, "POST", parts)) - set(addresses(app, "GET", parts)))


def everything_stored() -> dict[str, list[Any]]:
    """Return every row of every table."""
    session().rollback()
    tables = db.metadata.sorted_tables
    return {table.name: sorted(map(repr, session().execute(select(table)))) for table in tables}


def session_of(member: Member) -> int:
    """Return the number of a session of this member's."""
    latest = select(LoginSession.id).where(LoginSession.member_id == member.id).order_by(LoginSession.id.desc())
    return int(session().scalars(latest).first() or 0)

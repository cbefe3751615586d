"""Leaving: at once nobody is logged in, named or found by that name any more; then what was declared of each thing is done to it.

What becomes of everything stands in the features' holdings, where the pages read it, too: nothing is done here that is not said.
"""

import secrets
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from forum.accounts import models as accounts
from forum.accounts import queries as members
from forum.accounts.models import FreedName, Member
from forum.core import clock, log
from forum.core.db import Moment, session, transaction
from forum.core.holdings import EMPTIED, GOES, HOLDINGS, NOBODY, Holding, Leaver, column
from forum.core.rules import Refused, require
from forum.rights import queries
from forum.rights.models import Departure

FEW = 100  # texts that are seen to while the member waits


def leave(member: Member, *, takes: bool) -> str:
    """Delete the account of a member who has shown who they are, or at the terminal; return the secret of the page that follows.

    A little is done at once, much in the background. Raises Refused (this is the last admin).
    """
    leaver, key = _begin(member, takes)
    if queries.texts(leaver.id) <= FEW:
        for _done in _see_to(leaver):
            pass
    return key


def _begin(member: Member, takes: bool) -> tuple[Leaver, str]:
    key = secrets.token_urlsafe(16)
    with transaction():
        if not member.name:
            raise Refused("leave", _("This account is deleted already."))
        require("leave", member, members.is_last_admin(member))
        leaver = Leaver(member.id, member.name_key, takes)
        if member.moderates or member.facilitations:
            log.record("leave", member.id, member.role if member.moderates else "facilitator")
        _stand_in()
        session().merge(FreedName(fingerprint=members.fingerprint(leaver.name_key), at=clock.now()))
        total = queries.texts(leaver.id)
        session().add(
            Departure(
                member_id=leaver.id,
                name_key=leaver.name_key,
                takes=takes,
                key=key,
                total=total,
                began_at=clock.now(),
            )
        )
        for holding in HOLDINGS.values():
            if not holding.steps and Departure not in holding.tables:
                _settle(holding, leaver.id)
        session().flush()
        session().execute(update(Member).where(Member.id == leaver.id).values(_empty(leaver.id)))
    return leaver, key


def _stand_in() -> None:
    """Let there be somebody for all who left."""
    if session().get(Member, accounts.NOBODY) is None:
        session().add(Member(id=accounts.NOBODY, **_empty(accounts.NOBODY)))
        session().flush()


def _empty(member_id: int) -> dict[str, Any]:
    """Return the columns of a row of nobody's. The key is in capitals, so it is no name's."""
    columns = [one for one in Member.__table__.columns if one.key != "id"]
    return {one.key: _nothing(one) for one in columns} | {"name_key": f"LEFT {member_id}"}


def _nothing(one: Any) -> Any:
    if one.default is not None:
        return one.default.arg
    if one.nullable:
        return None
    return accounts.LONG_AGO if isinstance(one.type, Moment) else ""


def _settle(holding: Holding, member_id: int) -> None:
    """Do to each column that points to a member what the holding says."""
    for name, fate in holding.people.items():
        its = column(name)
        if fate == GOES:
            session().execute(delete(its.table).where(its == member_id))
        elif fate in {EMPTIED, NOBODY}:
            others = {key: _nothing(its.table.c[key]) for key in holding.also.get(name, ())}
            whom = accounts.NOBODY if fate == NOBODY else None
            session().execute(update(its.table).where(its == member_id).values({its.key: whom, **others}))
    session().flush()
    session().expire_all()


def go_on() -> Iterator[None]:
    """See to those who left, step after step, each in a transaction of its own: several processes may do it at once."""
    while (departure := session().scalar(select(Departure).order_by(Departure.began_at).limit(1))) is not None:
        yield from _see_to(Leaver(departure.member_id, departure.name_key, departure.takes))
    session().rollback()


def _see_to(leaver: Leaver) -> Iterator[None]:
    for holding in HOLDINGS.values():
        if holding.steps:
            yield from _walk(holding, leaver)
    with transaction():
        session().execute(delete(Departure).where(Departure.member_id == leaver.id))
    yield


def _walk(holding: Holding, leaver: Leaver) -> Iterator[None]:
    for step in holding.steps:
        more = True
        while more:
            with transaction():
                more = step(leaver)
            yield
    with transaction():
        _settle(holding, leaver.id)

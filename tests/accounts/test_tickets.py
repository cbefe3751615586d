"""One-time links: for the first admin, for a new password, to register."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.actions import entering, registering, roles, tickets
from forum.accounts.models import Member, Ticket
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from tests.cast import PASSWORD, person
from tests.together import at_once

NEW = "a tall wooden ladder"
LASTS = {"admin": timedelta(hours=1), "reset": timedelta(hours=1), "invite": timedelta(days=14)}


@pytest.fixture(autouse=True)
def asked(app):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        yield


@pytest.fixture
def ada(app):
    member = person("ada")
    session().commit()
    return member


def made(purpose: str, ada: Member) -> str:
    if purpose == "reset":
        return tickets.reset_ticket(ada)
    token = tickets.admin_ticket() if purpose == "admin" else tickets.invite(None)
    assert token
    return token


def register(name: str, token: str) -> Member:
    email = f"{name}@example.org"
    proven = registering.Proof("", "")
    return registering.register(
        name=name, email=email, password=PASSWORD, locale="", who=None, proven=proven, token=token
    )


def use(purpose: str, token: str, name: str = "gino") -> None:
    if purpose == "reset":
        entering.reset_password(token, NEW)
    else:
        register(name, token)


def members(role: str) -> list[str]:
    return list(session().scalars(select(Member.name).where(Member.role == role)))


@pytest.fixture(autouse=True)
def by_invitation(app, monkeypatch):
    monkeypatch.setitem(app.config, "REGISTRATION", "closed")


@pytest.mark.parametrize("purpose", LASTS)
def test_a_token_is_long_and_not_stored(ada, purpose):
    token = made(purpose, ada)
    stored = session().scalars(select(Ticket)).one()
    assert len(token) >= 43  # 256 bits
    assert token not in repr(vars(stored))
    assert queries.ticket(token, purpose).id == stored.id
    assert queries.ticket(stored.token_hash, purpose) is None


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_is_good_for_its_own_purpose_only(ada, purpose):
    token = made(purpose, ada)
    assert queries.ticket(token, *(LASTS.keys() - {purpose})) is None


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_works_once(ada, purpose):
    token = made(purpose, ada)
    use(purpose, token)
    assert queries.ticket(token, purpose) is None
    with pytest.raises(Refused):
        use(purpose, token, "lina")


@pytest.mark.parametrize(("purpose", "lasts"), LASTS.items())
def test_a_link_expires(ada, monkeypatch, purpose, lasts):
    token, at = made(purpose, ada), clock.now()
    monkeypatch.setattr(clock, "now", lambda: at + lasts - timedelta(seconds=5))
    assert queries.ticket(token, purpose)
    monkeypatch.setattr(clock, "now", lambda: at + lasts)
    assert queries.ticket(token, purpose) is None
    with pytest.raises(Refused):
        use(purpose, token)


@pytest.mark.parametrize("purpose", ["admin", "reset"])
def test_a_newer_link_takes_the_place_of_an_older_one(ada, purpose):
    older, newer = made(purpose, ada), made(purpose, ada)
    with pytest.raises(Refused):
        use(purpose, older)
    use(purpose, newer)


def test_an_invitation_leaves_the_others_good(ada):
    for name, token in [("gino", tickets.invite(None)), ("lina", tickets.invite(None))]:
        register(name, token)
    assert sorted(members("member")) == ["ada", "gino", "lina"]


def test_somebody_elses_link_stays_good(ada):
    bea = person("bea")
    session().commit()
    theirs = tickets.reset_ticket(bea)
    entering.reset_password(tickets.reset_ticket(ada), NEW)
    entering.reset_password(theirs, NEW)


def test_a_link_dies_when_the_password_is_changed(ada):
    token = tickets.reset_ticket(ada)
    entering.change_password(ada, current=PASSWORD, new="a long iron chain")
    with pytest.raises(Refused):
        entering.reset_password(token, NEW)
    assert entering.log_in(login="ada", password="a long iron chain", remember=False, device="")


@pytest.mark.parametrize("purpose", LASTS)
def test_of_two_who_use_a_link_at_once_one_gets_in(app, ada, purpose):
    token = made(purpose, ada)
    results = at_once(app, *(lambda name=name: use(purpose, token, name) for name in ("gino", "lina", "mara")))
    assert results.count(None) == 1
    assert sum(isinstance(result, Refused) for result in results) == 2


def test_of_two_members_who_open_the_admins_link_at_once_one_becomes_admin(app, ada):
    bea = person("bea")
    session().commit()
    token, ids = tickets.admin_ticket(), [ada.id, bea.id]
    lift = [lambda id_=id_: registering.become_admin(session().get_one(Member, id_), token) for id_ in ids]
    results = at_once(app, *lift)
    assert results.count(None) == 1
    assert len(members("admin")) == 1


def test_the_admins_link_makes_the_first_admin_and_the_log_says_so(ada):
    registering.become_admin(ada, tickets.admin_ticket())
    assert ada.administers
    entry = session().scalars(select(LogEntry)).one()
    assert (entry.act, entry.actor_role, entry.actor_id, entry.detail, entry.member_id) == (
        "give_role",
        "host",
        None,
        "admin",
        ada.id,
    )


def test_a_forum_with_an_admin_makes_no_link_for_another(ada):
    registering.become_admin(ada, tickets.admin_ticket())
    assert tickets.admin_ticket() is None


def test_a_link_for_the_first_admin_is_spent_once_there_is_one(ada):
    token = tickets.admin_ticket()
    roles.give_role(ada, "admin", by=None)
    assert queries.ticket(token, "admin") is None
    with pytest.raises(Refused):
        register("gino", token)
    bea = person("bea")
    session().commit()
    with pytest.raises(Refused):
        registering.become_admin(bea, token)
    assert members("admin") == ["ada"]


@pytest.mark.parametrize("role", ["member", "moderator"])
def test_only_admins_invite(role):
    someone = person("someone", role)
    session().commit()
    with pytest.raises(Refused, match="Only admins invite"):
        tickets.invite(someone)
    assert session().scalars(select(Ticket)).all() == []


def test_an_invitation_says_who_made_it(ada):
    roles.give_role(ada, "admin", by=None)
    tickets.invite(ada)
    assert session().scalars(select(Ticket)).one().made_by_id == ada.id


def test_someone_who_is_refused_leaves_the_invitation_good(ada):
    token = tickets.invite(None)
    with pytest.raises(Refused, match="taken"):
        register("Ada", token)
    assert register("gino", token).role == "member"

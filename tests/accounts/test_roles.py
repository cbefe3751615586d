import pytest
from sqlalchemy import select

from forum.accounts.actions import roles
from forum.accounts.models import ROLES, Facilitation, Member
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from tests import make
from tests.cast import person
from tests.together import at_once


def log() -> list[tuple[str, str, int | None, str]]:
    entries = session().scalars(select(LogEntry).order_by(LogEntry.id))
    return [(entry.act, entry.actor_role, entry.member_id, entry.detail) for entry in entries]


def kept_by(member: Member) -> list[int]:
    return list(session().scalars(select(Facilitation.theme_id).where(Facilitation.member_id == member.id)))


@pytest.mark.parametrize("role", ROLES)
def test_an_admin_gives_roles(cast, role):
    roles.give_role(cast.ada, role, by=cast.dario)
    assert cast.ada.role == role


def test_a_role_is_given_in_public(cast):
    roles.give_role(cast.ada, "moderator", by=cast.dario)
    assert log() == [("give_role", "admin", cast.ada.id, "moderator")]


def test_the_role_that_one_has_already_leaves_no_mark(cast):
    roles.give_role(cast.ada, "member", by=cast.dario)
    assert log() == []


def test_the_host_gives_roles_at_the_terminal(cast):
    roles.give_role(cast.ada, "admin", by=None)
    assert log() == [("give_role", "host", cast.ada.id, "admin")]


@pytest.mark.parametrize("who", ["ada", "carla", "elena"])
@pytest.mark.parametrize("to", ["ada", "carla", "dario"])
def test_nobody_else_gives_roles(cast, who, to):
    for role in ROLES:
        with pytest.raises(Refused, match="Only admins give and take roles"):
            roles.give_role(getattr(cast, to), role, by=getattr(cast, who))
    assert log() == []
    assert [cast.ada.role, cast.carla.role, cast.dario.role] == ["member", "moderator", "admin"]


@pytest.mark.parametrize("role", ["", "owner", "Admin", "admin ", "visitor"])
def test_there_are_no_other_roles(cast, role):
    with pytest.raises(ValueError, match=r"^"):
        roles.give_role(cast.ada, role, by=cast.dario)


@pytest.mark.parametrize("role", ["member", "moderator"])
@pytest.mark.parametrize("host", [True, False])
def test_the_last_admin_stays_one(cast, role, host):
    with pytest.raises(Refused, match="This is the last admin"):
        roles.give_role(cast.dario, role, by=None if host else cast.dario)
    assert cast.dario.administers


def test_an_admin_who_is_not_the_last_may_step_back(cast):
    roles.give_role(cast.ada, "admin", by=cast.dario)
    roles.give_role(cast.dario, "member", by=cast.dario)
    assert (cast.ada.role, cast.dario.role) == ("admin", "member")


def test_someone_who_was_an_admin_a_moment_ago_gives_no_more_roles(app, cast):
    roles.give_role(cast.ada, "admin", by=cast.dario)
    dario, ada = cast.dario.id, cast.ada.id
    session().commit()

    def demoted_elsewhere():
        roles.give_role(session().get_one(Member, dario), "member", by=session().get_one(Member, ada))

    by = cast.dario
    assert by.administers
    assert at_once(app, demoted_elsewhere) == [None]
    with pytest.raises(Refused):
        roles.give_role(cast.bruno, "admin", by=by)


def test_of_two_admins_who_dismiss_each_other_at_once_one_remains(app, cast):
    roles.give_role(cast.ada, "admin", by=cast.dario)
    pairs = [(cast.ada.id, cast.dario.id), (cast.dario.id, cast.ada.id)]

    def dismiss(member, by):
        roles.give_role(session().get_one(Member, member), "member", by=session().get_one(Member, by))

    results = at_once(app, *(lambda pair=pair: dismiss(*pair) for pair in pairs))
    assert results.count(None) == 1
    assert sum(isinstance(result, Refused) for result in results) == 1
    session().rollback()
    assert sorted([cast.ada.role, cast.dario.role]) == ["admin", "member"]


def test_of_two_last_admins_who_step_back_at_once_one_remains(app, cast):
    roles.give_role(cast.ada, "admin", by=cast.dario)
    ids = [cast.ada.id, cast.dario.id]

    def step_back(id_):
        roles.give_role(session().get_one(Member, id_), "member", by=session().get_one(Member, id_))

    results = at_once(app, *(lambda id_=id_: step_back(id_) for id_ in ids))
    assert results.count(None) == 1
    session().rollback()
    assert sorted([cast.ada.role, cast.dario.role]) == ["admin", "member"]


def test_a_facilitator_is_appointed_and_dismissed_in_public(cast):
    theme = make.theme("polarization")
    for _ in range(2):
        roles.appoint(cast.ada, theme.id, by=cast.dario)
    assert kept_by(cast.ada) == [theme.id]
    assert cast.ada.facilitates(theme.id)
    for _ in range(2):
        roles.dismiss(cast.ada, theme.id, by=cast.dario)
    assert kept_by(cast.ada) == []
    assert [entry[:3] for entry in log()] == [("appoint", "admin", cast.ada.id), ("dismiss", "admin", cast.ada.id)]


@pytest.mark.parametrize("who", ["ada", "carla", "elena"])
def test_nobody_but_an_admin_appoints_or_dismisses(cast, who):
    theme, by = make.theme(), getattr(cast, who)
    with pytest.raises(Refused, match="Only admins appoint facilitators"):
        roles.appoint(by, theme.id, by=by)
    with pytest.raises(Refused, match="Only admins appoint facilitators"):
        roles.dismiss(cast.elena, theme.id, by=by)
    assert kept_by(cast.elena) == [theme.id]


def test_of_two_appointments_at_once_one_is_made_and_none_fails(app, cast):
    theme, ada, dario = make.theme("polarization").id, cast.ada.id, cast.dario.id

    def appoint():
        roles.appoint(session().get_one(Member, ada), theme, by=session().get_one(Member, dario))

    assert at_once(app, appoint, appoint, appoint) == [None, None, None]
    session().rollback()
    assert kept_by(cast.ada) == [theme]
    assert [entry[0] for entry in log()] == ["appoint"]


def test_a_new_account_is_nothing_but_a_member(cast):
    someone = person("someone")
    session().commit()
    assert [someone.moderates, someone.administers, someone.facilitates(make.theme().id)] == [False] * 3

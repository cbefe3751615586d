"""The cast, the same in every test: ada writes, bruno answers, carla moderates, dario administers, elena facilitates mistrust;
nobody reads."""

from dataclasses import dataclass, fields

from sqlalchemy import select

from forum.accounts.models import Facilitation, Member
from forum.accounts.passwords import hashed
from forum.core import clock
from forum.core.db import session
from forum.core.text import skeleton
from forum.themes import queries as themes

PASSWORD = "a small brass lamp"
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
SECRET = hashed(PASSWORD, CHEAP)


@dataclass
class Cast:
    ada: Member
    bruno: Member
    carla: Member
    dario: Member
    elena: Member


def person(name: str, role: str = "member") -> Member:
    """Add a member to the database."""
    member = Member(
        name=name,
        name_key=skeleton(name),
        email=f"{name}@example.org",
        email_key=f"{name}@example.org",
        password_hash=SECRET,
        role=role,
        created_at=clock.now(),
    )
    session().add(member)
    session().flush()
    return member


def assemble() -> None:
    """Add the whole cast to the database."""
    cast = Cast(
        person("ada"),
        person("bruno"),
        person("carla", "moderator"),
        person("dario", "admin"),
        person("elena"),
    )
    mistrust = themes.by_key("mistrust")
    assert mistrust
    session().add(Facilitation(theme_id=mistrust.id, member_id=cast.elena.id))
    session().commit()


def assembled() -> Cast:
    """Return the cast that stands in the database."""
    members = {member.name: member for member in session().scalars(select(Member))}
    return Cast(*(members[field.name] for field in fields(Cast)))

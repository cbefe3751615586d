from datetime import UTC, datetime, timedelta

from flask_login import AnonymousUserMixin, UserMixin
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core import clock
from forum.core.db import Moment, db

ROLES = ("member", "moderator", "admin")
STAFF = frozenset({"moderator", "admin"})
CONFIRMED = timedelta(minutes=10)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
NOBODY = 0  # the id of the member who stands for all who left: texts that stayed are theirs
WAITING, REFUSED, ADMITTED = "waiting", "refused", "admitted"
# Why an account waits: nothing was proven of its browser, its address is for a few minutes, many came at once, all wait here.
PROOF, ADDRESS, BURST, EVERYONE = "proof", "address", "burst", "everyone"


class Member(UserMixin, db.Model):  # type: ignore[misc, name-defined]
    """A person with an account. `name_key` is what all names that look alike share: no two people may be confused.

    Whoever left has no name. Of them an empty row stays, so that their number is never another's; one more is NOBODY's.
    """

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    # Not unique: an address that nobody confirmed proves nothing, and "taken" would tell a stranger who is here.
    email_key: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="member")
    locale: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    follows_own: Mapped[bool] = mapped_column(default=True)  # follows each thread that they write in
    has_factor: Mapped[bool] = mapped_column(default=False)  # logs in with a code, too
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    outside: Mapped[str] = mapped_column(default="")  # WAITING for a moderator, or REFUSED: reads, and writes nothing
    paused_until: Mapped[datetime | None] = mapped_column(Moment)  # until then they write nothing new
    banned_at: Mapped[datetime | None] = mapped_column(Moment)
    draft_count: Mapped[int] = mapped_column(default=0)
    waiting_count: Mapped[int] = mapped_column(default=0)  # replies that a moderator has not read, or gave back
    draft_sequence: Mapped[int] = mapped_column(default=0)  # of the draft that was kept last
    notice_count: Mapped[int] = mapped_column(default=0)  # unread ones, at most 100
    notice_sequence: Mapped[int] = mapped_column(default=0)  # of the notice that came last

    facilitations: Mapped[list["Facilitation"]] = relationship(
        back_populates="member", order_by="Facilitation.theme_id"
    )
    # Of this request, never stored: its session's token, when the password was last given in it, whether the member keeps
    # any theme, and has muted anyone.
    token: str = ""
    confirmed_at: datetime = LONG_AGO
    keeps_theme: bool = False
    mutes: bool = False

    def get_id(self) -> str:
        """Return the session's token: what the cookie carries is a session, which can be ended, not a person."""
        return self.token

    @property
    def moderates(self) -> bool:
        return self.role in STAFF

    @property
    def keeps(self) -> bool:
        """Return whether pages may show this member more than others."""
        return self.moderates or self.keeps_theme

    @property
    def administers(self) -> bool:
        return bool(self.role == "admin")

    @property
    def confirmed(self) -> bool:
        """Return whether the password was given so lately that it need not be asked for again."""
        return abs(clock.now() - self.confirmed_at) < CONFIRMED

    @property
    def paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > clock.now()

    def facilitates(self, theme_id: int | None) -> bool:
        return not self.paused and any(f.theme_id == theme_id for f in self.facilitations)


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """A reader who is not logged in. False, so that `if current_user` asks for a member."""

    id = None
    name = ""
    role = "visitor"
    locale = ""
    outside = ""
    mutes = False
    moderates = False
    administers = False
    has_factor = False
    paused = False
    banned_at = None

    def __bool__(self) -> bool:
        return False

    def facilitates(self, theme_id: int | None) -> bool:  # noqa: ARG002
        return False


class Mute(db.Model):  # type: ignore[misc, name-defined]
    """Someone whom a member does not want to hear. Nobody but that member is ever told, or shown anything else for it."""

    __tablename__ = "mutes"

    muter_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    muted_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)


class FreedName(db.Model):  # type: ignore[misc, name-defined]
    """A name that someone had who left, as a fingerprint with the forum's key: for a while nobody else can take it."""

    __tablename__ = "freed_names"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class LoginSession(db.Model):  # type: ignore[misc, name-defined]
    """One browser's stay. The token is known to its cookie alone; here stands its SHA-256."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    device: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)  # when the password was given last


class Entrance(db.Model):  # type: ignore[misc, name-defined]
    """A way in of which only the first step is made: the password was right, and a code is still to come from that browser."""

    __tablename__ = "entrances"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    remember: Mapped[bool]
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Factor(db.Model):  # type: ignore[misc, name-defined]
    """A member's second factor; it is asked for `since` a first code was right.

    `secret` is sealed. `last_step` is the half minute whose code was used last: neither it nor an earlier one is taken again.
    """

    __tablename__ = "factors"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(db.Model):  # type: ignore[misc, name-defined]
    """A code that stands in for the second factor, once; here stands its fingerprint."""

    __tablename__ = "recovery_codes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)


class Ticket(db.Model):  # type: ignore[misc, name-defined]
    """A one-time link. `purpose`: "admin" (become the first admin), "reset" (a new password), "invite" (register)."""

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_purpose_member_id", "purpose", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])


class Admission(db.Model):  # type: ignore[misc, name-defined]
    """An account that a moderator lets in, or not."""

    __tablename__ = "admissions"
    __table_args__ = (Index("ix_admissions_state", "state", "member_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    cause: Mapped[str]
    state: Mapped[str] = mapped_column(default=WAITING)
    reason: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    member: Mapped[Member] = relationship(lazy="joined")


class Burst(db.Model):  # type: ignore[misc, name-defined]
    """More accounts in an hour than is usual. Until it is over, new ones wait for a moderator."""

    __tablename__ = "bursts"

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment, index=True)


class Facilitation(db.Model):  # type: ignore[misc, name-defined]
    """A member who keeps a theme: may lock and pin its threads."""

    __tablename__ = "facilitations"

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)

    member: Mapped[Member] = relationship(back_populates="facilitations")

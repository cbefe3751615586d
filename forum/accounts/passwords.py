"""Passwords: argon2id, and which ones are refused (OWASP ASVS 5.0, 6.2 and 11.4.2)."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.core.marks import N_

SHORTEST, LONGEST = 8, 256

# What people choose when asked for eight characters; written here from what every list of leaked passwords begins with.
STEMS = (
    "password passwort passw0rd password1 password12 password123 12345678 123456789 1234567890 87654321 qwertyui qwerty12 "
    "qwerty123 qwertyuiop asdfghjk asdfasdf zxcvbnm1 1q2w3e4r 1qaz2wsx q1w2e3r4 iloveyou sunshine princess football baseball "
    "superman michael1 jennifer computer internet whatever trustno1 letmein1 welcome1 welcome123 starwars dragon12 monkey123 "
    "abc12345 abcd1234 abcdefgh 11111111 00000000 88888888 99999999 12341234 12121212 11223344 99887766 aaaaaaaa admin123 "
    "administrator changeme changeme1 master123 shadow12 charlie1 liverpool chelsea1 juventus francesco alessandro giuseppe "
    "ciaociao amoremio forzaroma password! p@ssw0rd"
)
COMMON = frozenset(STEMS.split())


def fault(password: str, name: str, email: str) -> str | None:
    """Return the marked sentence that says why this password is refused, or None. No rule of composition: length decides."""
    folded = password.casefold()
    if len(password) < SHORTEST:
        return N_("Please choose a password of at least 8 characters.")
    if len(password) > LONGEST:
        return N_("Please choose a password of at most 256 characters.")
    if folded in COMMON or len(set(folded)) < 3:  # noqa: PLR2004 (one or two characters, repeated)
        return N_("This password is among the first that anyone would try. Please choose another.")
    if folded in {name.casefold(), email.casefold(), email.casefold().partition("@")[0]}:
        return N_("Please choose a password that is not your name or address.")
    return None


@lru_cache(maxsize=4)
def _hasher(time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)


@lru_cache(maxsize=4)
def _decoy(time_cost: int, memory_cost: int, parallelism: int) -> str:
    return _hasher(time_cost, memory_cost, parallelism).hash("nobody has this password")


def hashed(password: str, cost: dict[str, int]) -> str:
    return _hasher(**cost).hash(password)


def matches(password: str, stored: str | None, cost: dict[str, int]) -> bool:
    """Return whether `password` is the stored one. Without a stored one it takes the same time and is False."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher(**cost).verify(stored or _decoy(**cost), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False

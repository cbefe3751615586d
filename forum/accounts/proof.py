"""What a form of registration proves: when it was opened, and that the browser did a small sum for it.

The sum is several searches for a number whose SHA-256 begins with some zeros: a second on a phone, in `behaviours/prove.js`.
Several small ones, since one large one takes now a moment and now five times as long.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from itsdangerous import BadSignature, Signer

PARTS, BITS = 8, 10
FASTEST = timedelta(seconds=2)
LASTS = timedelta(days=1)
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was opened, and a mark that no other form has."""

    at: datetime
    mark: str


def stamp(key: str, at: datetime) -> str:
    return _signer(key).sign(f"{at.timestamp():.0f}.{token_hex(12)}").decode()


def read(key: str, stamped: str, at: datetime) -> Stamp | None:
    """Return what a stamp of ours says; None for any other, and for one older than a day."""
    try:
        opened, _, mark = _signer(key).unsign(stamped[:LONGEST]).decode().partition(".")
    except (BadSignature, UnicodeError):
        return None
    found = Stamp(datetime.fromtimestamp(int(opened), UTC), mark)
    return found if timedelta(seconds=-1) <= at - found.at < LASTS else None


def _signer(key: str) -> Signer:
    return Signer(key, salt="registering", digest_method=sha256)


def solved(stamped: str, proof: str) -> bool:
    """Return whether `proof` names a number for each part of the sum that belongs to a stamp."""
    numbers = proof[:LONGEST].split(".")
    return len(numbers) == PARTS and all(_begins(stamped, part, number) for part, number in enumerate(numbers))


def _begins(stamped: str, part: int, number: str) -> bool:
    found = sha256(f"{stamped}:{part}:{number}".encode("utf-8", "replace")).digest()
    return number.isascii() and number.isdecimal() and int.from_bytes(found[:4]) >> (32 - BITS) == 0

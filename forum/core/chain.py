"""The chain that the log's entries make: each bears the seal of the one before it.

A seal is a SHA-256 over an entry's fields and the seal before. Its words (reason and detail) go into it as a salted digest of
their own: so they can be taken out, where the law or a person asks for it, and the chain still holds. Fields that are empty are
left out, so that a column added later changes no seal.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

# The fields whose values a seal vouches for. Once sealed they never change; triggers of the database see to that.
FIELDS = (
    "previous",
    "at",
    "act",
    "actor_id",
    "actor_mark",
    "actor_role",
    "until",
    "thread_id",
    "reply_id",
    "theme_id",
    "member_id",
    "essay_id",
    "after_reply_id",
    "words",
)


def words(salt: str, reason: str, detail: str) -> str:
    """Return the digest of an entry's words: whoever does not know the salt cannot guess them from it."""
    return sha256(f"{salt}\0{reason}\0{detail}".encode()).hexdigest()


def seal(fields: Mapping[str, Any]) -> str:
    told = {name: _plain(fields[name]) for name in FIELDS if fields[name]}
    return sha256(json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value

"""What the database alone must not tell: sealed with keys that are made of the forum's own, which lies in a file beside it.

A purpose names what is sealed and whose it is, so that a row that was copied to somebody else opens nothing.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def sealed(purpose: str, text: str) -> str:
    return Fernet(_key(purpose)).encrypt(text.encode()).decode()


def opened(purpose: str, text: str) -> str | None:
    """Return what was sealed for this purpose with this forum's key, else None."""
    try:
        return Fernet(_key(purpose)).decrypt(text).decode()
    except InvalidToken:
        return None


def fingerprint(purpose: str, text: str) -> str:
    """Return what tells texts apart and cannot be guessed back, however short they are, without the forum's key."""
    return hmac.new(_key(purpose), text.encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    own = str(current_app.config["SECRET_KEY"]).encode()
    return urlsafe_b64encode(hmac.new(own, f"sealed for {purpose}".encode(), sha256).digest())

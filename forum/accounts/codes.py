"""Codes of a second factor: those that change every half minute (RFC 6238), and those that are written down."""

import secrets
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup
from pyotp.exceptions import OTPVerificationError

DRIFT = 1  # half minutes that a clock may be wrong by, either way
RECOVERY = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
LENGTH = 10


def new_secret() -> str:
    return pyotp.random_base32()


def grouped(secret: str) -> str:
    """Return a secret as people read it from a page."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address(secret: str, name: str, forum: str) -> str:
    """Return the otpauth: address by which an app takes the secret over."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=forum.replace(":", " "))


def picture(address: str) -> Markup:
    """Return an address as a QR code, black on white in every scheme, since not every camera reads it the other way round."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff"))  # noqa: S704 (drawn here)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the number of the half minute whose code this is, or None."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=at, valid_window=DRIFT)
    except OTPVerificationError:
        return None


def new_recovery() -> list[str]:
    drawn = ("".join(secrets.choice(LETTERS) for _letter in range(LENGTH)) for _code in range(RECOVERY))
    return [f"{code[:5]}-{code[5:]}" for code in drawn]


def plain(code: str) -> str:
    """Return a recovery code without what people add when they copy it."""
    return "".join(letter for letter in code.casefold() if letter in LETTERS)

"""Flask's signed cookies. A browser sends the same one with each request: its signature is checked once a minute."""

import time
from functools import lru_cache

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer


class Cookies(SecureCookieSessionInterface):
    def __init__(self, app: Flask) -> None:
        self.signing = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:  # noqa: ARG002
        return self.signing

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        value = request.cookies.get(self.get_cookie_name(app))
        if not value or self.signing is None:
            return super().open_session(app, request)
        lifetime = int(app.permanent_session_lifetime.total_seconds())
        try:
            payload = _payload(self.signing, value, lifetime, int(time.time()) // 60)
        except BadSignature:
            return self.session_class()
        return self.session_class(self.serializer.loads(payload))


@lru_cache(maxsize=512)
def _payload(signing: URLSafeTimedSerializer, value: str, lifetime: int, _minute: int) -> str:
    """Return what a cookie holds, as text, of which each request makes its own. Raises BadSignature."""
    return SecureCookieSessionInterface.serializer.dumps(signing.loads(value, max_age=lifetime))

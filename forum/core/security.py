"""What every response says to the browser about what it may do."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request, session
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR = 31_536_000


def harden(app: Flask) -> None:
    """Add the headers to every answer, and believe proxies' headers only as far as FORUM_TRUSTED_PROXIES says."""
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    told = dict(HEADERS)
    if app.config["URL"].startswith("https://"):
        told["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"

    @app.before_request
    def no_nul() -> None:
        # PostgreSQL keeps no NUL in a text, and asks for none; in forms, fields clean their text themselves.
        if "\0" in request.path or b"%00" in request.query_string:
            abort(404)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.extend(told)  # no view says any of these itself: added, not looked up
        if "Cache-Control" not in response.headers:
            # A session, even a visitor's, means a form with a token in it.
            cookie = bool(session) or "Set-Cookie" in response.headers
            private = response.status_code >= 400 or cookie or bool(current_user)  # noqa: PLR2004
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
        return response


def inside(target: Any) -> str:
    """Return `target` if it is a path on this site, else "/": the only addresses that a form may send anyone on to."""
    path = str(target or "")
    tame = path.isprintable() and "\\" not in path and path.startswith("/") and not path.startswith("//")
    parts = urlsplit(path) if tame else None
    return path if parts and not parts.scheme and not parts.netloc else "/"


def from_here() -> bool:
    """Return whether the browser says that this form was sent from one of our own pages."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    host = _host(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return bool(host) and host == request.host


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:  # "http://[", say
        return ""

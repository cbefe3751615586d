"""Every setting of a forum: a FORUM_… variable, its default, and what it does."""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
LOCALES = {"en": "English", "it": "Italiano"}


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("FORUM_INSTANCE", "", "Folder of the database and the secret key; `instance/` by default."),
    Setting("FORUM_DATABASE_URL", "", "PostgreSQL address; empty means SQLite in the instance folder."),
    Setting("FORUM_LOCALE", "en", "Language of the seed essay and of readers who ask for none: en or it."),
    Setting("FORUM_NAME", "", "Name in the page header; empty means the first essay's title."),
    Setting("FORUM_URL", "", "Public address such as https://forum.example; turns on Secure cookies and HSTS."),
    Setting("FORUM_REGISTRATION", "open", "Who may register: open, approve (a moderator lets in), invite or closed."),
    Setting(
        "FORUM_STAFF_SECOND_FACTOR",
        "off",
        "Whether those who keep the place can act only once they have set up a second factor: off or on.",
    ),
    Setting(
        "FORUM_NEWCOMERS",
        "links",
        "What waits for a moderator: nothing (open), a newcomer's replies with links (links), or also their first reply (wait).",
    ),
    Setting(
        "FORUM_ESSAY",
        "",
        "File of the essay to seed a new forum with; empty means the one that comes along.",
    ),
    Setting("FORUM_REPLY_LENGTH", "5000", "Most characters in a reply, at most 20000."),
    Setting("FORUM_TIMEZONE", "UTC", "Time zone in which times are shown, such as Europe/Rome."),
    Setting(
        "FORUM_TRUSTED_PROXIES",
        "0",
        "How many reverse proxies stand in front, whose headers are believed.",
    ),
    Setting("FORUM_WORKERS", "2", "Server processes."),
    Setting("FORUM_THREADS", "4", "Requests that one server process answers at a time."),
)


def top(folder: str) -> Path:
    """Return where `templates` or `static` lie: inside the package of a wheel, beside it in a checkout."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else CHECKOUT / folder


def setting(name: str) -> str:
    """Return a setting as it stands in the environment, or its default. A name not in SETTINGS is an error."""
    default = next(s.default for s in SETTINGS if s.name == name)
    return os.environ.get(name, "").strip() or default


def instance_folder() -> Path:
    if given := setting("FORUM_INSTANCE"):
        return Path(given).expanduser().resolve()
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()) / "instance"


def database_url(instance: Path) -> str:
    """Return SQLAlchemy's address; `postgres://` and `postgresql://` are read as psycopg 3."""
    url = setting("FORUM_DATABASE_URL")
    if not url:
        return f"sqlite:///{instance / 'forum.db'}"
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url


class Misconfigured(RuntimeError):  # noqa: N818 (an answer to the host)
    """A setting that cannot be used; the message names it and says what would do."""


def number(name: str, low: int, high: int) -> int:
    given = setting(name)
    if not given.isdecimal() or not low <= int(given) <= high:
        raise Misconfigured(f"{name} must be a number from {low} to {high}, not {given!r}.")
    return int(given)


def choice(name: str, choices: tuple[str, ...]) -> str:
    given = setting(name)
    if given not in choices:
        raise Misconfigured(f"{name} must be one of {', '.join(choices)}, not {given!r}.")
    return given


def public_url() -> str:
    url = setting("FORUM_URL").rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        raise Misconfigured(f"FORUM_URL must begin with http:// or https://, not {url!r}.")
    return url


def address(host: str = "127.0.0.1", port: int = 5000) -> str:
    """Return where readers find the forum: FORUM_URL, else a server that listens at `host`, as seen from this machine."""
    host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (read, not bound)
    return public_url() or f"http://{f'[{host}]' if ':' in host else host}:{port}"


def timezone() -> ZoneInfo:
    try:
        return ZoneInfo(setting("FORUM_TIMEZONE"))
    except (ZoneInfoNotFoundError, ValueError):
        raise Misconfigured(
            f"FORUM_TIMEZONE must be a zone such as Europe/Rome, not {setting('FORUM_TIMEZONE')!r}."
        ) from None


def secret_key(instance: Path) -> str:
    """Return this forum's key, made on first use with mode 0600; two processes starting at once get the same one."""
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_text().strip()
    if len(key) < 32:  # noqa: PLR2004 (128 bits, as hexadecimal digits)
        raise Misconfigured(
            f"{path} holds no usable key; delete it and a new one is made (everyone is logged out, and second factors are lost)."
        )
    return key


def configuration() -> dict[str, Any]:
    """Return Flask's configuration, read from the environment. Raises Misconfigured."""
    instance = instance_folder()
    url = public_url()
    secure = url.startswith("https://")
    prefix = "__Host-" if secure else ""
    return {
        "INSTANCE": instance,
        "SECRET_KEY": secret_key(instance),
        "SQLALCHEMY_DATABASE_URI": database_url(instance),
        "LOCALE": choice("FORUM_LOCALE", tuple(LOCALES)),
        "NAME": setting("FORUM_NAME"),
        "URL": url,
        "ADDRESS": address(),
        "TIMEZONE": timezone(),
        "REGISTRATION": choice("FORUM_REGISTRATION", ("open", "approve", "invite", "closed")),
        "STAFF_SECOND_FACTOR": choice("FORUM_STAFF_SECOND_FACTOR", ("off", "on")) == "on",
        "NEWCOMERS": choice("FORUM_NEWCOMERS", ("open", "links", "wait")),
        "REPLY_LENGTH": number("FORUM_REPLY_LENGTH", 100, 20_000),
        "TRUSTED_PROXIES": number("FORUM_TRUSTED_PROXIES", 0, 10),
        "SESSION_COOKIE_NAME": f"{prefix}forum",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Of the cookie's signature, and of the cookie where one asked to stay: as long as the longest session.
        "PERMANENT_SESSION_LIFETIME": timedelta(days=60),
        "REMEMBER_COOKIE_NAME": f"{prefix}forum_remember",
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 1_500_000,
        "MAX_FORM_MEMORY_SIZE": 1_200_000,
        "MAX_FORM_PARTS": 100,
        # A form may lie open for as long as its session lives: no text is refused for having been thought over.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "PASSWORD_COST": {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1},
    }

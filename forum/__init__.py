"""A structured discussion forum that grows out of an essay."""

from importlib import import_module
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from forum.accounts import queries as accounts
from forum.accounts import rules as accounts_rules
from forum.accounts.models import Visitor
from forum.core import access, assets, db, errors, i18n, security, shared, site, visitors
from forum.core.config import PACKAGE, configuration, top
from forum.core.cookies import Cookies
from forum.core.pages import here
from forum.core.rules import may, refusal
from forum.threads import mended
from forum.threads.blueprint import add_converters
from forum.threads.lengths import length
from forum.threads.reasons import REWORKED, UNTIL_LOOKED_AT, UNTIL_SEEN
from forum.threads.wording import arranged, named, paced, rearranged, reasoned, spelled, spoken, wording

# The ladder: below its views, a feature imports only those before it. Views, api and cli may read any.
FEATURES = (
    "accounts",
    "rights",
    "essays",
    "practices",
    "themes",
    "threads",
    "drafts",
    "waiting",
    "commitments",
    "listening",
    "rules",
    "moderation",
    "brake",
    "notices",
    "search",
    "feeds",
    "pages",
)
ROLES_OF_FILES = ("models", "rules", "holdings", "jobs", "listeners", "holes")


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """Return the forum. `config` overrides what the FORUM_… variables say; raises Misconfigured."""
    app = Flask("forum", template_folder=str(top("templates")), static_folder=None)
    app.config.update(configuration() if config is None else {**configuration(), **config})
    app.config["MIGRATIONS"] = PACKAGE / "migrations"
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    db.connect(app)
    _protect(app)
    add_converters(app)
    i18n.set_up(app)
    assets.set_up(app)
    shared.set_up(app, accounts.reader)
    errors.set_up(app)
    for feature in FEATURES:
        _add(app, feature)
    app.jinja_env.filters.update(spoken=spoken, reasoned=reasoned, spelled=spelled)
    app.jinja_env.filters.update(arranged=arranged, rearranged=rearranged, named=named)
    app.jinja_env.filters.update(paced=paced, pause_length=length)
    app.jinja_env.globals.update(
        UNTIL_SEEN=UNTIL_SEEN, UNTIL_LOOKED_AT=UNTIL_LOOKED_AT, REWORKED=REWORKED, lately_mended=mended.lately
    )
    app.jinja_env.globals.update(here=here, wording=wording, refusal=refusal, may=may, site_name=site.name)
    app.wsgi_app = visitors.Visitors(app)  # type: ignore[method-assign, assignment]
    return app


def _protect(app: Flask) -> None:
    access.close_undeclared(app)
    security.harden(app)
    CSRFProtect(app)
    app.session_interface = Cookies(app)
    access.close_to_banned(app, accounts.reader_is_banned, accounts_rules.banned, but={"rights"})
    login = LoginManager(app)
    login.session_protection = None  # sessions are rows of ours, ended on the server
    login.anonymous_user = Visitor
    login.user_loader(accounts.of_session)
    login.unauthorized_handler(errors.lost_session)


def _add(app: Flask, feature: str) -> None:
    """Import what a feature has of each kind of file, and register its pages and commands."""
    folder = PACKAGE / feature
    for name in ROLES_OF_FILES:
        if (folder / f"{name}.py").is_file():
            import_module(f"forum.{feature}.{name}")
    app.register_blueprint(import_module(f"forum.{feature}.views").bp)
    if (folder / "cli.py").is_file():
        import_module(f"forum.{feature}.cli").set_up(app)

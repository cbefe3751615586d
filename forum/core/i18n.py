"""Which language a page speaks, and how it says a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel.dates import format_date
from babel.support import Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from forum.core.config import LOCALES, PACKAGE

COOKIE = "language"


@lru_cache(maxsize=512)
def choose(chosen: str, accepted: str, default: str) -> str:
    """Return the locale of a visitor: the one chosen by cookie, else the best of Accept-Language, else the default."""
    if chosen in LOCALES:
        return chosen
    for tag, quality in parse_accept_header(accepted[:200], LanguageAccept):
        # The language itself, wherever it is spoken: by Werkzeug's own choice "it-CH, en;q=0.5" would ask for English.
        language = tag.partition("-")[0].lower()
        if quality > 0 and language in LOCALES:
            return language
    return default


def locale(own: str | None = None) -> str:
    """Return the locale of this request, a key of LOCALES; at the terminal the forum's own.

    `own` is what the reader chose, where it is known already: it saves asking who reads.
    """
    language = g.get("locale")
    if language is None:
        if not has_request_context():
            return str(current_app.config["LOCALE"])
        if own is None:
            own = current_user.locale if current_user else ""
        g.locale = language = own or choose(
            request.cookies.get(COOKIE, ""),
            request.headers.get("Accept-Language", ""),
            current_app.config["LOCALE"],
        )
    return str(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have what is said inside said in another language than the reader's."""
    before = g.get("locale")
    g.locale = language
    try:
        with force_locale(language):
            yield
    finally:
        g.pop("locale")
        if before is not None:
            g.locale = before


def set_up(app: Flask) -> None:
    folder = str(PACKAGE / "translations")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = folder
    Babel(app, locale_selector=locale, default_locale=app.config["LOCALE"])
    # Of Flask-Babel's own, each call would look for domain, locale and translations anew: here the locale says it all.
    texts = {language: Translations.load(folder, [language]) for language in LOCALES}

    def gettext(text: str) -> str:
        return str(texts[locale()].ugettext(text))

    def ngettext(one: str, more: str, count: int) -> str:
        return str(texts[locale()].ungettext(one, more, count))

    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        locale=locale, LOCALES=LOCALES, time=time_tag, day=day, date=date_in_words, month_name=month_name
    )


@lru_cache(maxsize=4096)
def _day(moment: date, language: str) -> str:
    return format_date(moment, "d MMM y", locale=language)


def day(moment: datetime) -> str:
    return _day(moment.astimezone(current_app.config["TIMEZONE"]).date(), locale())


def date_in_words(of: date) -> str:
    return _day(of, locale())


def month_name(moment: datetime) -> str:
    return format_date(moment.astimezone(current_app.config["TIMEZONE"]).date(), "LLLL y", locale=locale())


def in_words(moment: datetime) -> str:
    """Return the day and hour, in the forum's time zone, for a sentence."""
    return _words(moment, current_app.config["TIMEZONE"], locale())


def _words(moment: datetime, zone: tzinfo, language: str) -> str:
    local = moment.astimezone(zone)
    return f"{_day(local.date(), language)}, {local:%H:%M}"


def time_tag(moment: datetime, itemprop: str = "") -> Markup:
    """Return `<time>` with the day and hour in words: an absolute time, so that a page can be kept until it changes."""
    return _time_tag(moment, current_app.config["TIMEZONE"], locale(), itemprop)


@lru_cache(maxsize=4096)
def _time_tag(moment: datetime, zone: tzinfo, language: str, itemprop: str) -> Markup:
    words = _words(moment, zone, language)
    prop = Markup(' itemprop="%s"') % itemprop if itemprop else ""
    return Markup('<time datetime="%s"%s>%s</time>') % (f"{moment:%Y-%m-%dT%H:%M:%SZ}", prop, words)

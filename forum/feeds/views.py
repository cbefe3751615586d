"""Feeds, the sitemap, and what templates ask for their heads."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts import queries as accounts
from forum.core import markdown, pages, site
from forum.core.access import public
from forum.feeds import entries, head, queries, sitemap
from forum.feeds.atom import TYPE, Feed, written
from forum.moderation.queries import log as moderation
from forum.pages import queries as house
from forum.threads import queries as threads

bp = Blueprint("feeds", __name__)
bp.add_app_template_global(head.canonical, "canonical")
bp.add_app_template_global(head.locale_of_page, "locale_of_page")
bp.add_app_template_filter(markdown.excerpt, "excerpt")

LONGEST_NUMBER = 10
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # when a forum began that holds nothing at all


@bp.before_request
def speak_the_forums_language() -> None:
    # A feed is one document that many share: it does not change with who fetches it.
    g.locale = current_app.config["LOCALE"]


def _answer(feed: Feed) -> Response:
    language = current_app.config["LOCALE"]
    document = written(feed, by=site.name(), base=site.absolute("/"), language=language)
    return Response(document, content_type=f"{TYPE}; charset=utf-8")


def _titled(title: str) -> str:
    return f"{title} · {site.name()}"


@bp.get("/feeds/forum.atom")
@public
def forum() -> Response:
    """Everything that is said in the forum, and every thread that is opened in it."""
    found = queries.of_forum()
    return _answer(
        Feed(
            url=site.absolute("/feeds/forum.atom"),
            page=site.absolute("/"),
            title=site.name(),
            begun=LONG_AGO,
            entries=entries.newest(found.replies, found.openings, queries.SIZE),
        )
    )


@bp.get("/feeds/themes/<key>.atom")
@public
def theme(key: str) -> Response:
    found, begun = queries.theme(key) or abort(404)
    newest = queries.of_theme(found.id)
    return _answer(
        Feed(
            url=site.absolute(f"/feeds/themes/{found.key}.atom"),
            page=site.absolute(f"/themes/{found.key}"),
            title=_titled(found.name),
            subtitle=found.question,
            begun=begun or LONG_AGO,
            entries=entries.newest(newest.replies, newest.openings, queries.SIZE),
        )
    )


@bp.get("/feeds/members/<name>.atom")
@public
def member(name: str) -> Response | AnyResponse:
    """What one person wrote: replies, and the threads they opened."""
    found = accounts.named(name)
    if found is None or found.outside:
        abort(404)
    if found.name != name:
        return redirect(url_for("feeds.member", name=found.name), 301)
    newest = queries.of_member(found.id)
    author = entries.member(found.name)
    return _answer(
        Feed(
            url=site.absolute(f"/feeds/members/{quote(found.name)}.atom"),
            page=author.url,
            title=_titled(_("What %(name)s wrote", name=found.name)),
            author=author,
            begun=found.created_at,
            entries=entries.newest(newest.replies, newest.openings, queries.SIZE),
        )
    )


@bp.get("/feeds/threads/<int:thread_id>.atom")
@public
def thread(thread_id: int) -> Response | AnyResponse:
    """All that was said in a thread, newest first, page by page; its opening text stands at the end of the last."""
    opening = queries.opening(thread_id)
    if opening is None:
        into = threads.merged_into(thread_id, queries.VISITOR) or abort(404)
        return redirect(url_for("feeds.thread", thread_id=into.id), 301)
    at = pages.place()
    said = queries.of_thread(thread_id, at)
    path = f"/feeds/threads/{thread_id}.atom"
    return _answer(
        Feed(
            url=site.absolute(path),
            here=site.absolute(path + _query(at)),
            page=site.absolute(entries.thread_path(opening.id, opening.title)),
            title=_titled(opening.title),
            begun=opening.created_at,
            entries=entries.newest(said.rows, [opening] if said.later is None else []),
            pages={} if said.whole else _pages(path, said),
        )
    )


def _query(at: pages.Place) -> str:
    if at.before is not None:
        return f"?before={at.before}"
    return "" if at.after is None else f"?after={at.after}"


def _pages(path: str, said: pages.Page[queries.type_of_row]) -> dict[str, str]:
    """Return the addresses of a feed's other pages: `previous` is the newer one, `next` the older (RFC 5005)."""
    found = {"first": path, "last": f"{path}?before=end"}
    if said.earlier is not None:
        found["previous"] = f"{path}?before={said.earlier}"
    if said.later is not None:
        found["next"] = f"{path}?after={said.later}"
    return {relation: site.absolute(address) for relation, address in found.items()}


@bp.get("/feeds/log.atom")
@public
def log() -> Response:
    """What those who keep this place have done, as everyone may read it."""
    newest = moderation.log(pages.Place(), queries.VISITOR).rows[: queries.SIZE]
    return _answer(
        Feed(
            url=site.absolute("/feeds/log.atom"),
            page=site.absolute("/moderation/log"),
            title=_titled(_("Log")),
            begun=LONG_AGO,
            entries=[entries.of_log(row) for row in newest],
        )
    )


@bp.get("/sitemap.xml")
@public
def places() -> Response:
    """What a search engine may find here; in a forum of many threads a list of parts, by the numbers of its threads."""
    parts = max(1, -(-queries.last_thread() // sitemap.PART))
    asked = request.args.get("part")
    if asked is None and parts > 1:
        listed = (sitemap.Place(site.absolute(f"/sitemap.xml?part={number}")) for number in range(1, parts + 1))
        return Response(sitemap.parts(listed), content_type=sitemap.TYPE)
    number = int(asked) if asked and asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_NUMBER else 0
    if asked is not None and not 1 <= number <= parts:
        abort(404)
    return Response(sitemap.places(_part(number or 1)), content_type=sitemap.TYPE)


def _part(number: int) -> Iterator[sitemap.Place]:
    if number == 1:
        yield sitemap.Place(site.absolute("/"))
        for row in queries.themes():
            yield sitemap.Place(site.absolute(f"/themes/{row.key}"), row.changed)
        edited = house.edited()
        for name in house.TITLES:
            yield sitemap.Place(site.absolute(f"/{name}"), edited.get(name))
    for row in queries.threads_between((number - 1) * sitemap.PART, number * sitemap.PART):
        changed = max(row.latest_at, entries.changed(row) or row.latest_at)
        yield sitemap.Place(site.absolute(entries.thread_path(row.id, row.title)), changed)

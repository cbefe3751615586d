"""What the elements of a page are for: text, container, or something that is not read."""

import re

from forum.essays.page_words import UPDATED, listed

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPHS = frozenset({"p", "blockquote", "li", "pre", "dd", "dt"})
CONTAINERS = listed("""
    html, body, main, article, section, div, header, center, table, tbody, thead, tfoot, tr, td, th, ul,
    ol, dl, details, hgroup, address, summary, fieldset, figure, form
""")
UNSEEN_BLOCKS = frozenset({"nav", "footer", "aside", "dialog", "menu", "figcaption", "template", "noscript"})
UNSEEN = UNSEEN_BLOCKS | listed("""
    script, style, button, select, textarea, iframe, svg, math, object, video, audio, canvas, noembed,
    noframes, xmp, rt, rp, label, datalist, title
""")
BLOCKS = HEADINGS | PARAGRAPHS | CONTAINERS | UNSEEN_BLOCKS | {"hr", "caption", "legend"}
# Nothing stands inside these; the choices of a list are not read at all.
VOID = listed("""
    area, base, br, col, embed, hr, img, input, link, meta, param, source, track, wbr, option, optgroup
""")
# Their shapes may close themselves (<path/>), which elements of HTML cannot.
DRAWINGS = frozenset({"svg", "math"})
# An element of these ends where the next of its name begins.
CLOSED_BY_NEXT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th"})

UNSEEN_ROLES = listed("""
    navigation, complementary, contentinfo, search, dialog, alertdialog, menu, menubar, toolbar
""")
UNSEEN_WORDS = listed("""
    comment, comments, respond, disqus, sidebar, share, sharing, shares, sharedaddy, social, related,
    recent, newsletter, cookie, cookies, breadcrumb, breadcrumbs, pagination, pager, nav, navbar,
    navigation, menu, footer, advert, advertisement, ads, promo, popup, modal, tags, tagcloud, commenti,
    condividi
""")
UNSEEN_CLASSES = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden"})
NAME_PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
# A whole page can be "has-sidebar" or "comments-open".
STATE_WORDS = listed("""
    has, no, with, without, is, not, layout, open, closed, left, right, on, off, enabled, disabled
""")
NEVER_UNSEEN = frozenset({"html", "body", "main"})
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

TEXT_CLASSES = listed("""
    entry-content, post-content, article-content, article-body, post-body, entry-body, story-body
""")
AUTHOR_CLASSES = listed("""
    author, byline, author-name, post-author, entry-author, byline-name, p-author, byline-author,
    article-author
""")
AUTHOR_KINDS = ("author-name", "author-link", "author", "author-class")


def is_unseen(name: str, attributes: dict[str, str], *, is_lenient: bool) -> bool:
    if name in NEVER_UNSEEN:
        return False
    if name in UNSEEN or "hidden" in attributes:
        return True
    if name == "form" or not attributes:
        return name == "form" and not is_lenient
    if attributes.get("aria-hidden", "").lower() == "true" or HIDDEN_STYLE.search(attributes.get("style", "")):
        return True
    if is_lenient:
        return False
    names = [*attributes.get("class", "").split(), *attributes.get("id", "").split()]
    return attributes.get("role", "").lower() in UNSEEN_ROLES or any(map(_is_unseen_name, names))


def _is_unseen_name(name: str) -> bool:
    words = [part.lower() for part in NAME_PARTS.split(name) if part]
    if name.lower() in UNSEEN_CLASSES:
        return True
    if not words or words[0] in STATE_WORDS or words[-1] in STATE_WORDS:
        return False
    return words[0] in UNSEEN_WORDS or words[-1] in UNSEEN_WORDS


def kind_of_container(name: str, attributes: dict[str, str]) -> str:
    kind = name if name in {"article", "main"} else ""
    if not attributes:
        return kind
    if "articlebody" in attributes.get("itemprop", "").lower().split():
        return "text"
    if not TEXT_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
        return "text"
    if attributes.get("role", "").lower() == "main":
        return "main"
    return kind


def kind_of_mark(name: str, attributes: dict[str, str], *, before: str, inside_author: bool) -> str:
    """Return "published", "updated", one of the AUTHOR_KINDS, or ""; `before` is the text just before it."""
    properties = attributes.get("itemprop", "").lower().split()
    classes = attributes.get("class", "").lower().split()
    if name == "time" or "datepublished" in properties or "datemodified" in properties:
        return _kind_of_time(properties, classes, before)
    if inside_author and ("name" in properties or "fn" in classes):
        return "author-name"
    if "author" in attributes.get("rel", "").lower().split():
        return "author-link"
    if "author" in properties:
        return "author"
    return "author-class" if not AUTHOR_CLASSES.isdisjoint(classes) else ""


def _kind_of_time(properties: list[str], classes: list[str], before: str) -> str:
    if "datemodified" in properties:
        return "updated"
    if "datepublished" in properties or "published" in classes:
        return "published"
    label = UPDATED.search(before)
    is_labelled = label is not None and label.end() == len(before) and label.end() > label.start()
    return "updated" if is_labelled or "updated" in classes or "modified" in classes else "published"
